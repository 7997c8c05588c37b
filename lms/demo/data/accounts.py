"""One account a role. Printed by `./dev demo`; every password and PIN is for this demo only."""

from dataclasses import dataclass

PASSWORD = "bentre-2024-demo"  # noqa: S105  # printed on purpose: the demo's accounts are open to whoever runs it
PIN = "258036"


@dataclass(frozen=True)
class Account:
    username: str
    full_name: str
    phone: str
    birth_year: int
    unit: str  # code of the union
    person_class: str
    function: str = ""
    post_unit: str = ""
    activated: bool = True

    @property
    def secret(self) -> str:
        return PASSWORD if self.function else PIN


ACCOUNTS = (
    Account("quantri", "Võ Thị Hạnh Phúc", "0900000001", 1980, "COQUAN", "full_time", "province_admin", "TINH"),
    Account("canbo", "Trần Văn Bình Minh", "0900000002", 1984, "BATRI-CQ", "full_time", "unit_officer", "BATRI"),
    Account("giangvien", "Đặng Quốc Khánh Duy", "0900000003", 1986, "COQUAN", "full_time", "trainer", "TINH"),
    Account("bientap", "Huỳnh Ngọc Mai Chi", "0900000004", 1983, "COQUAN", "full_time", "editor", "TINH"),
    Account("tochuc", "Bùi Thanh Nam Phương", "0900000005", 1988, "COQUAN", "full_time", "organiser", "TINH"),
    Account("doanvien", "Nguyễn Thị Ngọc Lan", "0900000006", 1992, "BATRI-01", "member"),
    Account("", "Lê Thị Thu Hà", "0900000007", 1995, "BATRI-01", "member", activated=False),
)  # fmt: skip
