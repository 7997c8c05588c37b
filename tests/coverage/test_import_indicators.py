from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from lms.audit.models import Event
from lms.coverage.actions.indicators import IndicatorFileError, import_indicators
from lms.coverage.models import Indicator, IndicatorSet
from tests.coverage.world import HEADER, NOW, P1_01

FILE = Path(__file__).resolve().parents[2] / "lms/coverage/data/indicators.csv"
pytestmark = pytest.mark.django_db


def problems(content: bytes) -> list[str]:
    with translation.override("vi"), pytest.raises(IndicatorFileError) as caught:
        import_indicators(content, actor=None, now=NOW)
    assert Indicator.objects.count() == 0
    assert IndicatorSet.objects.count() == 0
    assert Event.objects.count() == 0
    return caught.value.sentences


def rows(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines]).encode()


def test_the_programmes_27_indicators(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_indicators", str(FILE))

    assert Indicator.objects.count() == 27
    stages = IndicatorSet.objects.order_by("code").values_list("code", "period_from", "period_to", "stretch_to")
    assert list(stages) == [
        ("P1", date(2023, 1, 1), date(2025, 12, 31), None),
        ("P2", date(2025, 1, 1), date(2028, 12, 31), date(2030, 12, 31)),
    ]
    one = Indicator.objects.get(code="P1-11")
    assert (one.operator, one.target, one.target_unit, one.source_kind) == (
        ">=", Decimal(4000), "contacts_per_unit", "mixed",
    )  # fmt: skip
    assert capsys.readouterr().out == "Chỉ tiêu: 27 mới, 0 thay đổi, 0 giữ nguyên.\n"


def test_again_changes_nothing_and_an_edited_row_updates() -> None:
    content = FILE.read_bytes()
    import_indicators(content, actor=None, now=NOW)
    events = Event.objects.count()

    again = import_indicators(content, actor=None, now=NOW)
    assert (again.made, again.changed, again.same) == (0, 0, 27)
    assert Event.objects.count() == events

    edited = content.decode().replace("full_time_cadres,person,>=,90", "full_time_cadres,person,>=,95").encode()
    assert import_indicators(edited, actor=None, now=NOW).changed == 1
    assert Indicator.objects.get(code="P1-08a").target == 95
    assert Indicator.objects.count() == 27


def test_rows_not_in_the_file_stay_and_are_named() -> None:
    import_indicators(FILE.read_bytes(), actor=None, now=NOW)

    done = import_indicators(rows(P1_01.replace(",100,", ',"100% trở lên",')), actor=None, now=NOW)

    assert len(done.not_in_file) == 17
    assert Indicator.objects.get(code="P1-01").target == 100


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_files_as_excel_saves_them(encoding: str) -> None:
    text = rows(P1_01).decode().replace(",", ";").replace("\n", "\r\n")

    import_indicators(text.encode(encoding), actor=None, now=NOW)

    assert Indicator.objects.get().name_vi == "Cán bộ chuyên trách"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Dòng 1: tệp không có chỉ tiêu nào. Hãy kiểm tra lại tệp."),
        (rows(), "Dòng 1: tệp không có chỉ tiêu nào. Hãy kiểm tra lại tệp."),
        (b"PK\x03\x04rest", "Dòng 1: đây là sổ tính Excel. Hãy lưu lại thành “CSV UTF-8” rồi thử lại."),
        (b"\x00\x01\xff", "Dòng 1: đây không phải tệp văn bản. Trong Excel, hãy chọn “Lưu thành”, loại “CSV UTF-8”."),
        (
            (HEADER + "\n" + P1_01.replace("á", "a").replace("ộ", "o").replace("ê", "e")).encode("cp1252") + b"\xe1",
            "Dòng 1: chữ không ở dạng mã UTF-8. Trong Excel, hãy chọn “Lưu thành”, loại “CSV UTF-8”.",
        ),
        (
            rows(P1_01.replace("Cán bộ", "CÃ¡n bá»™")),
            "Dòng 2: chữ bị vỡ dấu (“Ã¡”). Hãy xuất lại tệp thành “CSV UTF-8”.",
        ),
        (
            b"code,indicator_vi\nP1-01,x",
            "Dòng 1: thiếu cột: indicator_en, population, unit_level, operator, target_value, target_unit, frequency,"
            " period_code, period_from, period_to, stretch_to, scope_note, source_kind, how_computed, seed_ref,"
            " owner_function, owner_source. Hãy thêm vào dòng đầu tiên.",
        ),
        (
            rows(P1_01.replace(",>=,", ",~,")),
            "Dòng 2: không hiểu “~” ở cột operator. Hãy dùng một trong các giá trị: >=, >, <=, <, =.",
        ),
        (
            rows(P1_01, P1_01),
            "Dòng 3: mã P1-01 đã có ở dòng 2. Mỗi chỉ tiêu cần một mã riêng.",
        ),
        (
            rows(P1_01.replace(",100,", ",nhiều,")),
            "Dòng 2: “nhiều” ở cột target_value không phải là số. Chỉ viết chữ số, ví dụ 70 hoặc 70.5.",
        ),
        (
            rows(P1_01.replace(",100,", ",120,")),
            "Dòng 2: chỉ tiêu 120 phần trăm vượt quá 100. Hãy viết số từ 0 đến 100.",
        ),
        (
            rows(P1_01, P1_01.replace("P1-01", "P1-02").replace("2025", "2026")),
            "Dòng 3: giai đoạn P1 ghi năm khác với dòng 2. Hãy ghi cho giống nhau.",
        ),
        (
            rows(P1_01.replace("2025", "2022")),
            "Dòng 2: giai đoạn kết thúc trước khi bắt đầu. Hãy kiểm tra period_from, period_to và stretch_to.",
        ),
        (
            rows(P1_01 + ",thừa"),
            "Dòng 2: hàng phải có đủ 19 ô. Chữ có dấu phẩy phải đặt trong dấu nháy kép.",
        ),
        (
            rows(P1_01.replace("Cán bộ chuyên trách", '"Cán bộ')),
            "Dòng 2: có dấu nháy kép chưa đóng nên không đọc được phần sau. Hãy sửa dòng này.",
        ),
    ],
)
def test_a_broken_file_is_told_by_line_and_writes_nothing(content: bytes, sentence: str) -> None:
    assert problems(content) == [sentence]


def test_a_good_row_before_a_bad_one_is_not_written() -> None:
    assert len(problems(rows(P1_01, P1_01.replace("P1-01", "P1-02").replace("platform", "đoán")))) == 1


def test_command_names_the_file_that_is_not_there() -> None:
    with pytest.raises(CommandError, match=r"khong-co\.csv"):
        call_command("import_indicators", "khong-co.csv")
