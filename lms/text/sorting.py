"""Sort keys in the Vietnamese alphabet, as plain ASCII so that any database collation sorts them right.

Alphabet and tone order after CLDR `vi`: a ă â b c d đ e ê … ; level, hỏi, ngã, sắc, nặng with the grave first.
"""

import unicodedata

from lms.text.fold import squeeze

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{place + 11:02d}" for place, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def sort_key(text: str) -> str:
    """Primary letters first, then tones: "an" < "ăn" < "ân"; "la" < "là" < "lả" < "lã" < "lá" < "lạ".

    Returns ASCII text: two digits a letter, "00" for a blank, digits before letters, other signs left out; then
    a dot and one tone digit a letter.
    """
    primary: list[str] = []
    tones: list[str] = []
    for char in squeeze(text).casefold():
        base, tone = _split_tone(char)
        if base in _RANK:
            primary.append(_RANK[base])
            tones.append(tone)
        elif base.isdigit() and base.isascii():
            primary.append(f"{int(base) + 1:02d}")
        elif base == " ":
            primary.append("00")
    return f"{''.join(primary)}.{''.join(tones)}"


def name_sort_key(full_name: str) -> str:
    """Key of a person's name: by given name (the last word), then family name, then the middle words."""
    words = squeeze(full_name).split(" ")
    return " ".join(sort_key(part) for part in (words[-1], words[0], " ".join(words[1:-1])))


def _split_tone(char: str) -> tuple[str, str]:
    tone = "0"
    kept = []
    for mark in unicodedata.normalize("NFD", char):
        if mark in _TONES:
            tone = _TONES[mark]
        else:
            kept.append(mark)
    return unicodedata.normalize("NFC", "".join(kept)), tone
