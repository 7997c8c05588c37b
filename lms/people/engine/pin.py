"""PINs: six digits that a person chooses. Their strength comes from limited tries; the worst choices are refused."""

from enum import StrEnum

LENGTH = 6
_ROWS = ("01234567890123456789", "98765432109876543210")
_COMMON = frozenset(
    {"112233", "121212", "123123", "123321", "456456", "789456", "147258", "159357", "258000", "520520"}
)


class Weakness(StrEnum):
    FORM = "form"  # not six digits
    SAME = "same"  # 111111, 121212
    ROW = "row"  # 123456, 987654
    BIRTH = "birth"  # holds the year of birth
    PHONE = "phone"  # six digits in a row of the own phone number
    COMMON = "common"


def is_pin(secret: str) -> bool:
    """Whether `secret` has the form of a PIN."""
    return len(secret) == LENGTH and secret.isascii() and secret.isdigit()


def weakness(pin: str, *, birth_year: int | None = None, phone: str = "") -> Weakness | None:
    """Why `pin` may not be chosen by a person born in `birth_year` with `phone`, or None if it may."""
    if not is_pin(pin):
        return Weakness.FORM
    if any(pin == pin[:size] * (LENGTH // size) for size in (1, 2, 3)):
        return Weakness.SAME
    if any(pin in row for row in _ROWS):
        return Weakness.ROW
    if birth_year and str(birth_year) in pin:
        return Weakness.BIRTH
    if phone and pin in phone:
        return Weakness.PHONE
    return Weakness.COMMON if pin in _COMMON else None
