import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.text.fold import fold, nfc, squeeze
from lms.text.phones import masked_phone, normal_phone

mobiles = st.from_regex(r"0[35789][0-9]{8}", fullmatch=True)


@given(
    mobiles, st.sampled_from(["{0}", "+84{1}", "84{1}", "0084{1}", "{1}", " {2} {3} {4} ", "{2}.{3}.{4}", "+84 (0){1}"])
)
def test_every_way_of_writing_gives_the_ten_digits(phone: str, form: str) -> None:
    assert normal_phone(form.format(phone, phone[1:], phone[:4], phone[4:7], phone[7:])) == phone


@given(st.text(max_size=20))
def test_what_is_accepted_is_stable(typed: str) -> None:
    phone = normal_phone(typed)
    assert phone is None or (len(phone) == 10 and normal_phone(phone) == phone)


@pytest.mark.parametrize(("old", "new"), [("01681234567", "0381234567"), ("+841201234567", "0701234567")])
def test_numbers_of_before_2018_are_renewed(old: str, new: str) -> None:
    assert normal_phone(old) == new


@pytest.mark.parametrize("typed", ["", "abc", "0212345678", "091234567", "09123456789", "19008673", "٠٩١٢٣٤٥٦٧٨"])
def test_what_is_no_mobile_number_is_refused(typed: str) -> None:
    assert normal_phone(typed) is None


@given(mobiles)
def test_a_masked_phone_shows_five_digits(phone: str) -> None:
    assert sum(c.isdigit() for c in masked_phone(phone)) == 5
    assert masked_phone("") == ""


@given(st.text())
def test_folding_and_squeezing_are_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squeeze(squeeze(text)) == squeeze(text)
    assert nfc(nfc(text)) == nfc(text)


def test_folding_takes_every_vietnamese_sign_away() -> None:
    assert fold("Nghị quyết ĐOÀN VIÊN Ưỡn ẹo") == "nghi quyet doan vien uon eo"
    assert fold("Thu\u031b\u0301") == "thu"
