"""The upper unions of Bến Tre at the programme's time and made-up grassroots unions below them.

Area names are real communes; employers, schools and clinics are invented.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Upper:
    code: str
    name: str
    short_name: str
    weight: int  # share of the province's members
    grassroots: tuple[str, ...]


PROVINCE = ("Liên đoàn Lao động tỉnh Bến Tre", "LĐLĐ tỉnh Bến Tre")
SCHOOL_LIKE = ("Trường Mẫu giáo", "Trường Tiểu học", "Trường THCS")


def _communes(*names: str) -> tuple[str, ...]:
    return tuple(f"{'thị trấn' if name.startswith('*') else 'xã'} {name.lstrip('*')}" for name in names)


def _district(code: str, name: str, weight: int, employers: tuple[str, ...], communes: tuple[str, ...]) -> Upper:
    return Upper(code, f"Liên đoàn Lao động huyện {name}", f"LĐLĐ huyện {name}", weight, employers + communes)


UPPER_UNIONS = (
    Upper("TPBT", "Liên đoàn Lao động thành phố Bến Tre", "LĐLĐ TP Bến Tre", 11, (
        "Công ty TNHH Dừa Xanh Hàm Luông", "Công ty Cổ phần Bánh kẹo Bến Sông", "Siêu thị Cồn Phụng Mới",
        "Công ty TNHH Vận tải Cầu Hàm Luông", "Khách sạn Bông Dừa", "Công ty Cổ phần In Đồng Khởi Mới",
        "Hợp tác xã Vệ sinh Môi trường Bến Tre Xanh", "Công ty TNHH Điện cơ Mỹ Thạnh",
        "phường An Hội", "phường Phú Khương", "xã Sơn Đông", "xã Phú Hưng", "xã Bình Phú", "xã Mỹ Thạnh An",
    )),
    _district("BATRI", "Ba Tri", 8, (
        "Công ty TNHH May Bến Dừa", "Nghiệp đoàn nghề cá An Thủy", "Công ty Thủy sản Cửa Hàm Luông",
        "Trại muối Bảo Thạnh Mới",
    ), _communes("*Ba Tri", "Tân Xuân", "Mỹ Chánh", "An Ngãi Trung", "Phú Lễ", "Vĩnh An")),
    _district("BINHDAI", "Bình Đại", 7, (
        "Công ty Cổ phần Tôm Thới Thuận", "Nghiệp đoàn nghề cá Bình Thắng Mới", "Công ty TNHH Nước đá Cửa Đại",
    ), _communes("*Bình Đại", "Châu Hưng", "Lộc Thuận", "Thạnh Trị", "Thừa Đức", "Long Định")),
    _district("CHAUTHANH", "Châu Thành", 9, (
        "Công ty TNHH Kẹo dừa Tân Thạch", "Khu du lịch Cồn Sông Tiền", "Công ty Cổ phần Gạch Phú Túc",
        "Công ty TNHH Chế biến Trái cây Tiên Thủy",
    ), _communes("*Châu Thành", "Tân Thạch", "An Khánh", "Tam Phước", "Hữu Định", "Tường Đa")),
    _district("CHOLACH", "Chợ Lách", 4, (
        "Hợp tác xã Hoa kiểng Cái Mơn Mới", "Công ty TNHH Giống cây Vĩnh Thành",
    ), _communes("*Chợ Lách", "Phú Phụng", "Long Thới", "Vĩnh Hòa", "Sơn Định")),
    _district("GIONGTROM", "Giồng Trôm", 8, (
        "Công ty TNHH Bánh tráng Mỹ Lồng Mới", "Công ty Cổ phần Chỉ xơ dừa Phong Nẫm",
        "Công ty TNHH Cơ khí Lương Quới",
    ), _communes("*Giồng Trôm", "Bình Hòa", "Châu Bình", "Hưng Nhượng", "Tân Hào", "Thuận Điền", "Sơn Phú")),
    _district("MOCAYBAC", "Mỏ Cày Bắc", 5, (
        "Công ty TNHH Ươm giống Tân Phú Tây", "Công ty Cổ phần Than gáo dừa Thanh Tân",
    ), _communes("Phước Mỹ Trung", "Tân Thành Bình", "Nhuận Phú Tân", "Thạnh Ngãi", "Thành An")),
    _district("MOCAYNAM", "Mỏ Cày Nam", 7, (
        "Công ty TNHH Kẹo dừa An Định", "Công ty Cổ phần Dệt thảm Đa Phước Hội", "Hợp tác xã Bò thịt Minh Đức",
    ), _communes("*Mỏ Cày", "An Thạnh", "Hương Mỹ", "Cẩm Sơn", "Định Thủy", "Tân Trung")),
    _district("THANHPHU", "Thạnh Phú", 5, (
        "Công ty TNHH Lúa tôm Thạnh Hải", "Công ty Cổ phần Điện gió Giao Thạnh Mới",
    ), _communes("*Thạnh Phú", "Đại Điền", "Quới Điền", "Mỹ Hưng", "An Nhơn", "Thạnh Phong")),
    Upper("KCN", "Công đoàn các Khu công nghiệp tỉnh", "CĐ các KCN", 22, (
        "Công ty TNHH May mặc Sông Ba Lai", "Công ty TNHH Dây cáp Giao Long Mới", "Công ty Cổ phần Giày An Hiệp Xanh",
        "Công ty TNHH Sữa dừa Hàm Luông Xanh", "Công ty TNHH Linh kiện Bến Sen", "Công ty Cổ phần Thủy sản Giao Hòa",
        "Công ty TNHH Bao bì An Phước Mới", "Công ty TNHH Than hoạt tính Sông Tiền Xanh",
        "Công ty TNHH một thành viên Sản xuất, Thương mại, Dịch vụ và Xuất nhập khẩu Nông sản Chế biến Đồng Khởi Xanh",
        "Công ty Cổ phần Thức ăn chăn nuôi Long Phước",
    )),
    Upper("VIENCHUC", "Công đoàn Viên chức tỉnh", "CĐ Viên chức", 5, (
        "Sở Mẫu thử Số Một", "Sở Mẫu thử Số Hai", "Sở Mẫu thử Số Ba", "Trung tâm Lưu trữ Hàm Luông",
        "Trung tâm Khuyến nông Bến Dừa", "Thư viện Bông Dừa", "Nhà văn hóa Sông Tiền",
        "Trung tâm Dịch vụ việc làm Cồn Xanh", "Đài Truyền thanh Ba Lai",
    )),
    Upper("GIAODUC", "Công đoàn ngành Giáo dục tỉnh", "CĐ ngành Giáo dục", 6, (
        "Trường THPT Lạc Hồng", "Trường THPT Sông Tiền", "Trường THPT Hàm Luông", "Trường THPT Ba Lai",
        "Trường THPT Cổ Chiên", "Trường THPT Đồng Dừa", "Trường THPT Cửa Đại", "Trường THPT Cồn Xanh",
        "Trung tâm Giáo dục thường xuyên Bến Sông", "Trường Cao đẳng Hoa Dừa",
    )),
    Upper("YTE", "Công đoàn ngành Y tế tỉnh", "CĐ ngành Y tế", 6, (
        "Bệnh viện Sông Tiền", "Bệnh viện Đa khoa Cồn Xanh", "Trung tâm Y tế Hàm Luông", "Trung tâm Y tế Ba Lai",
        "Trung tâm Kiểm nghiệm Bến Dừa", "Trường Trung cấp Y Bông Dừa", "Chi cục Dân số Cửa Đại",
    )),
)  # fmt: skip

DIRECT = ("Cơ quan Liên đoàn Lao động tỉnh", "Nhà Văn hóa Lao động Hàm Luông")
CENTRAL = ("Ngân hàng Bến Sông – Chi nhánh tỉnh", "Viễn thông Ba Lai", "Điện lực Ba Cồn")
