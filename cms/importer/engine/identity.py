"""What an official document says of itself: number, day, place, issuer, kind and title (NĐ 30/2020, QĐ 933/QĐ-TLĐ)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from cms.importer.engine.source import Line

_HEAD = 40  # lines in which the head of a document is looked for
_NUMBER = re.compile(r"Số\s*:\s*(?P<number>.*)", re.IGNORECASE)
_DAY = re.compile(
    r"(?P<place>[^,]{2,40}),\s*ngày\s*(?P<day>\d{0,2})\s*tháng\s*(?P<month>\d{0,2})\s*năm\s*(?P<year>\d{4}).*",
    re.IGNORECASE,
)
_KINDS = (
    "CHƯƠNG TRÌNH", "KẾ HOẠCH", "NGHỊ QUYẾT", "QUYẾT ĐỊNH", "HƯỚNG DẪN", "BÁO CÁO", "THÔNG BÁO", "CHỈ THỊ", "ĐỀ ÁN",
    "QUY ĐỊNH", "QUY CHẾ", "TỜ TRÌNH", "LUẬT", "NGHỊ ĐỊNH", "THÔNG TƯ", "CÔNG VĂN", "KẾT LUẬN",
)  # fmt: skip
_ISSUERS = re.compile(r"(LIÊN ĐOÀN|CÔNG ĐOÀN|TỈNH ỦY|ỦY BAN|BAN CHẤP HÀNH|BAN THƯỜNG VỤ|TỔNG LIÊN ĐOÀN|CHÍNH PHỦ).*")


@dataclass(frozen=True)
class Identity:
    """Fields are "" where the document says nothing. `day` is dd/mm/yyyy, with blanks where a clerk left them."""

    number: str = ""
    place: str = ""
    day: str = ""
    kind: str = ""
    title: str = ""
    issuer: str = ""


def identity_of(lines: Sequence[Line]) -> Identity:
    """The identity read from the head and, for the issuer, from the signature."""
    head = [line.text for line in lines[:_HEAD]]
    day = next((match for text in head if (match := _DAY.fullmatch(text))), None)
    kind_at = next((at for at, text in enumerate(head) if _kind(text)), None)
    return Identity(
        number=next((match["number"].strip() for text in head if (match := _NUMBER.fullmatch(text))), ""),
        place=day["place"].strip() if day else "",
        day=_date(day) if day else "",
        kind=_kind(head[kind_at]) if kind_at is not None else "",
        title=_title(head, kind_at),
        issuer=_issuer(head, [line.text for line in lines[-20:]]),
    )


def _kind(text: str) -> str:
    return next((kind for kind in _KINDS if text.strip(" *") == kind), "")


def _title(head: list[str], kind_at: int | None) -> str:
    """The short lines below the kind; without a kind, the first line."""
    if kind_at is None:
        return head[0][:250]
    following = takewhile(lambda text: len(text) <= 160 and not text.endswith((".", ":", ";")), head[kind_at + 1 :])
    title = " ".join(text for text in list(following)[:4] if not re.match(r"[IVX]+\.|1\.|Điều|Căn cứ|Thực hiện", text))
    return (title or _kind(head[kind_at]).capitalize())[:250]


def _issuer(head: list[str], tail: list[str]) -> str:
    """The last line of the issuing body in the head; else what the number's suffix or the signature says."""
    named = [text.strip(" *") for text in head[:8] if _ISSUERS.fullmatch(text.strip(" *").upper()) and text.isupper()]
    if named:
        return named[-1]
    number = next((match["number"] for text in head if (match := _NUMBER.fullmatch(text))), "")
    if "-" in number:
        return number.rsplit("-", 1)[-1].strip()
    signed = [text.strip(" *") for text in tail if text.strip(" *").startswith("TM. ")]
    return signed[-1].removeprefix("TM. ") if signed else ""


def _date(match: re.Match[str]) -> str:
    day, month = (match[name].zfill(2) if match[name] else "…" for name in ("day", "month"))
    return f"{day}/{month}/{match['year']}"
