"""Numbers, days and lengths of time as Vietnamese readers write them: 1.234,5 · 85,5% · 05:12,34."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_SWAP = str.maketrans({",": ".", ".": ","})


def vn_number(value: int | float | Decimal, places: int | None = None) -> str:
    """1234567.5 -> "1.234.567,5". Without `places` up to two decimals, no idle zeros; halves are rounded up."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-(2 if places is None else places)), ROUND_HALF_UP)
    text = f"{exact:,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).translate(_SWAP)


def vn_percent(part: int | float | Decimal, whole: int | float | Decimal | None = None, places: int = 1) -> str:
    """vn_percent(161, 167) -> "96,4%"; vn_percent(96.4) -> "96,4%". A share just short of all never says 100%.

    Of nothing there is no share: "–".
    """
    if whole is None:
        share = Decimal(str(part))
    elif not whole:
        return "–"
    else:
        share = Decimal(str(part)) * 100 / Decimal(str(whole))
    step = Decimal(1).scaleb(-places)
    rounded = share.quantize(step, ROUND_HALF_UP)
    if rounded >= 100 > share:
        rounded = 100 - step
    if rounded <= 0 < share:
        rounded = step
    text = f"{rounded:,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).translate(_SWAP) + "%"


def vn_date(day: date | datetime) -> str:
    """dd/mm/yyyy in Vietnam's zone."""
    if isinstance(day, datetime):
        day = day.astimezone(ZONE).date()
    return f"{day:%d/%m/%Y}"


def vn_time(moment: datetime) -> str:
    """HH:MM in Vietnam's zone."""
    return f"{moment.astimezone(ZONE):%H:%M}"


def vn_moment(moment: datetime) -> str:
    """ "20:14 22/11/2026"."""
    return f"{vn_time(moment)} {vn_date(moment)}"


def duration_text(ms: int) -> str:
    """312340 -> "05:12,34": minutes, seconds, hundredths (cut, never rounded up); from an hour on "1:05:12,34"."""
    hundredths = max(ms, 0) // 10
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    tail = f"{minutes:02d}:{rest // 100:02d},{rest % 100:02d}"
    return f"{hours}:{tail}" if hours else tail


def quarter_text(day: date) -> str:
    """ "Quý IV/2024"."""
    return f"Quý {('I', 'II', 'III', 'IV')[(day.month - 1) // 3]}/{day.year}"


def parts_of(left: timedelta) -> tuple[int, int, int]:
    """Days, hours and minutes of a length of time; seconds are dropped, less than nothing is nothing."""
    minutes = max(int(left.total_seconds()) // 60, 0)
    return minutes // 1440, minutes // 60 % 24, minutes % 60
