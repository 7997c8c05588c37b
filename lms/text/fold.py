"""Vietnamese text for search and comparison: one spelling, no accents, no đ."""

import unicodedata

_D = str.maketrans({"đ": "d", "Đ": "D"})


def nfc(text: str) -> str:
    """`text` in composed form, as every field stores it (macOS and Excel hand in decomposed letters)."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """`text` lower-cased, without any diacritic and with d for đ: "Đoàn viên" -> "doan vien"."""
    bare = unicodedata.normalize("NFD", text.translate(_D))
    return unicodedata.normalize("NFC", "".join(c for c in bare if not unicodedata.combining(c))).casefold()


def squeeze(text: str) -> str:
    """`text` in NFC with every run of blanks as one space and none at the ends."""
    return " ".join(nfc(text).split())
