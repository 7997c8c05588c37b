"""Text out of the bytes of a file. UTF-8 and UTF-16 are read; older encodings are named, never guessed in silence."""

import codecs
import re

from lms.text.fold import nfc

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters that TCVN3 (.VnTime) shows for ê, ô, ơ, ư, đ … when it is read as Latin: "NguyÔn", "§oµn".
_TCVN3 = re.compile(r"[§µ¸¹¨©ª«¬­®]|[A-Za-z][ÔÕÖ×ØÛÜÝÞ][a-z]")
_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ]|[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


class UnreadableError(ValueError):
    """`reason` is "empty", "binary", "windows-1258", "tcvn3" or "unknown"; the forms turn it into a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def decode(data: bytes) -> str:
    """The text of a file in NFC with plain line ends. UnreadableError says why it can't be read."""
    if not data.strip():
        raise UnreadableError("empty")
    text = _unmarked(data) if not any(data.startswith(bom) for bom, _ in _BOMS) else _marked(data)
    if "\x00" in text:
        raise UnreadableError("binary")
    if len(_TCVN3.findall(text)) > 3 and not _VIETNAMESE.search(text):
        raise UnreadableError("tcvn3")
    return nfc(text).replace("\r\n", "\n").replace("\r", "\n")


def _marked(data: bytes) -> str:
    encoding = next(name for bom, name in _BOMS if data.startswith(bom))
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError("unknown") from None


def _unmarked(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableError(_likely(data)) from None


def _likely(data: bytes) -> str:
    """The old encoding that these bytes are probably in, so that the sentence can name it."""
    if b"\x00" in data[:4000]:
        return "binary"
    if len(_TCVN3.findall(data.decode("latin-1"))) > 3 and b"\xd2" not in data:
        return "tcvn3"
    try:
        read = nfc(data.decode("cp1258"))
    except UnicodeDecodeError:
        return "unknown"
    return "windows-1258" if _VIETNAMESE.search(read) else "unknown"
