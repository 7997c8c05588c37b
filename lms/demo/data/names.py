"""Made-up persons: parts of names that no roster gave us, put together by a seeded generator."""

from random import Random

FAMILY = (
    "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ",
    "Ngô", "Dương", "Lý", "Phan", "Trương", "Mai", "Cao", "Đoàn", "Lâm", "Tô", "Châu", "Kiều",
)  # fmt: skip
WOMEN_MIDDLE = ("Thị", "Thị", "Thị Ngọc", "Thị Thanh", "Ngọc", "Kim", "Thị Kim", "Thị Mỹ", "Thị Hồng", "Thùy")
WOMEN = (
    "Lan", "Hoa", "Hương", "Ngọc", "Mai", "Thảo", "Trang", "Hạnh", "Yến", "Phượng", "Nhung", "Oanh", "Thủy", "Tuyết",
    "Diễm", "Loan", "Thắm", "Liễu", "Vy", "Như", "Ngân", "Quyên", "Xuân", "Ánh", "Đào", "Út",
)  # fmt: skip
MEN_MIDDLE = ("Văn", "Văn", "Minh", "Quốc", "Thanh", "Hữu", "Công", "Tấn", "Hoàng", "Đức", "Trọng", "Phước")
MEN = (
    "Hùng", "Dũng", "Tuấn", "Khoa", "Bình", "Sơn", "Phúc", "Nam", "Tài", "Lộc", "Đạt", "Thành", "Trí", "Nghĩa",
    "Hậu", "Khánh", "Vinh", "Quân", "Ẩn", "Ửng", "Đông", "Út", "Giàu", "Lợi", "Kiệt", "Thịnh",
)  # fmt: skip
LONGEST = (
    "Công Tằng Tôn Nữ Thị Phương Thảo Nguyên Khánh An",
    "Nguyễn Huỳnh Đặng Trần Quốc Thịnh Vượng",
    "Trần Lê Phạm Nguyễn Thị Thanh Tuyền Diễm Quỳnh",
)


def person(random: Random) -> tuple[str, str]:
    """(full name, gender) of one invented person."""
    if random.random() < 0.54:
        return f"{random.choice(FAMILY)} {random.choice(WOMEN_MIDDLE)} {random.choice(WOMEN)}", "female"
    return f"{random.choice(FAMILY)} {random.choice(MEN_MIDDLE)} {random.choice(MEN)}", "male"
