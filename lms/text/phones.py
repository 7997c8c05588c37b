"""Vietnamese phone numbers: what people type, and the one form that is stored."""

import re

from lms.text.fold import nfc

_MOBILE = re.compile(r"0[35789]\d{8}")
# 2018: the eleven-digit numbers became ten digits long (Ministry of Information and Communications' plan).
_OLD = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


def normal_phone(typed: str) -> str | None:
    """`typed` as ten digits beginning with 0, or None if it is no Vietnamese mobile number.

    Takes blanks, dots, dashes, +84, 84, a nine-digit number whose zero a spreadsheet dropped, and the
    eleven-digit numbers of before 2018.
    """
    digits = re.sub(r"[\s.\-()\u00a0]", "", nfc(typed))
    digits = re.sub(r"^(\+84|0084)0?", "0", digits)
    if not digits.isascii() or not digits.isdigit():
        return None
    if re.fullmatch(r"84\d{9,10}", digits):
        digits = "0" + digits[2:]
    if re.fullmatch(r"[35789]\d{8}", digits):
        digits = "0" + digits
    if len(digits) == 11 and digits[:4] in _OLD:
        digits = _OLD[digits[:4]] + digits[4:]
    return digits if _MOBILE.fullmatch(digits) else None


def masked_phone(phone: str) -> str:
    """The stored number as it may be shown to others: "0912345678" -> "09xx xxx 678"."""
    return f"{phone[:2]}xx xxx {phone[-3:]}" if phone else ""
