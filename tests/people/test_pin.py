from hypothesis import given
from hypothesis import strategies as st

from lms.people.engine.names import initials, masked_name
from lms.people.engine.pin import Weakness, is_pin, weakness

pins = st.text("0123456789", min_size=6, max_size=6)


def test_weak_pins_are_refused_with_their_reason() -> None:
    chosen = {
        "12345": Weakness.FORM, "12345a": Weakness.FORM, "1234567": Weakness.FORM, "١٢٣٤٥٦": Weakness.FORM,
        "111111": Weakness.SAME, "121212": Weakness.SAME, "123123": Weakness.SAME,
        "123456": Weakness.ROW, "654321": Weakness.ROW, "890123": Weakness.ROW,
        "199007": Weakness.BIRTH, "071990": Weakness.BIRTH, "345678": Weakness.ROW, "912845": Weakness.PHONE,
        "112233": Weakness.COMMON, "246810": None, "270815": None,
    }  # fmt: skip

    assert {pin: weakness(pin, birth_year=1990, phone="0912845607") for pin in chosen} == chosen


@given(pins, st.integers(1940, 2008), pins)
def test_a_pin_that_passes_holds_no_birth_year_and_is_no_part_of_the_phone(pin: str, year: int, tail: str) -> None:
    if weakness(pin, birth_year=year, phone=f"0912{tail}") is None:
        assert is_pin(pin)
        assert str(year) not in pin
        assert pin not in f"0912{tail}"
        assert len(set(pin)) > 1


@given(st.text(max_size=12))
def test_anything_but_six_digits_is_refused(secret: str) -> None:
    assert (weakness(secret) is Weakness.FORM) == (not is_pin(secret))


def test_a_masked_name_keeps_the_first_letter_of_the_given_name() -> None:
    assert masked_name("Nguyễn Thị Hoa") == "Nguyễn Thị H***"
    assert masked_name("Y Bliă") == "Y B***"
    assert masked_name("Hoa") == "H***"
    assert initials("Nguyễn Thị Hoa") == "TH"


@given(st.lists(st.text("abcđêôươâỹ", min_size=2, max_size=6), min_size=1, max_size=5))
def test_a_masked_name_never_tells_the_given_name(words: list[str]) -> None:
    shown = masked_name(" ".join(words))
    assert shown.split(" ")[:-1] == words[:-1]
    assert shown.split(" ")[-1] == words[-1][0] + "***"
