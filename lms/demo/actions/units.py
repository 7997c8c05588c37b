"""The demo's tree: the province, its 13 upper unions, about 130 grassroots unions, two pilots."""

from dataclasses import dataclass
from datetime import date

from lms.demo.data import unions
from lms.people.engine.path import child_path
from lms.people.models import Cohort, CohortUnit, Level, Unit, UnitVersion

FOUNDED = date(2023, 1, 1)
PILOTS_SINCE = date(2024, 3, 1)


@dataclass(frozen=True)
class Plan:
    """A union to be made."""

    code: str
    name: str
    short_name: str
    level: str
    parent: str = ""
    weight: int = 0  # share of its upper union's members
    counted: bool = True


def plan_tree() -> list[Plan]:
    """Every union of the demo, parents before children, the same at every call."""
    plans = [Plan("TINH", *unions.PROVINCE, Level.PROVINCE)]
    plans += [Plan(upper.code, upper.name, upper.short_name, Level.UPPER, "TINH") for upper in unions.UPPER_UNIONS]
    for upper in unions.UPPER_UNIONS:
        plans.append(_office(upper))
        plans += [_grassroots(upper, place, employer) for place, employer in enumerate(upper.grassroots, start=1)]
    plans += [_direct(code, employer) for code, employer in zip(("COQUAN", "NHAVH"), unions.DIRECT, strict=True)]
    plans += [_direct(f"TW-{place}", employer, counted=False) for place, employer in enumerate(unions.CENTRAL, start=1)]
    return plans


def load_units() -> dict[str, UnitVersion]:
    """Write the whole tree in bulk; returns each union's present version by its code."""
    plans = plan_tree()
    units = Unit.objects.bulk_create(
        Unit(code=plan.code, entry_code=f"{710000 + number}") for number, plan in enumerate(plans, start=1)
    )
    ids = {unit.code: unit.pk for unit in units}
    paths: dict[str, str] = {}
    versions = []
    for plan in plans:
        paths[plan.code] = child_path(paths.get(plan.parent, ""), ids[plan.code])
        versions.append(_version(plan, ids, paths[plan.code]))
    UnitVersion.objects.bulk_create(versions)
    _load_pilots(ids)
    return {plan.code: version for plan, version in zip(plans, versions, strict=True)}


def _version(plan: Plan, ids: dict[str, int], path: str) -> UnitVersion:
    version = UnitVersion(
        unit_id=ids[plan.code],
        name=plan.name,
        short_name=plan.short_name,
        level=plan.level,
        parent_id=ids.get(plan.parent),
        path=path,
        counted=plan.counted,
        valid_from=FOUNDED,
    )
    version.fill()
    return version


def _office(upper: unions.Upper) -> Plan:
    name = f"Cơ quan {upper.short_name}"
    return Plan(f"{upper.code}-CQ", f"Công đoàn cơ sở {name}", f"CĐCS {name}", Level.GRASSROOTS, upper.code)


def _grassroots(upper: unions.Upper, place: int, employer: str) -> Plan:
    kind = "Nghiệp đoàn cơ sở" if employer.startswith("Nghiệp đoàn") else "Công đoàn cơ sở"
    short = "" if kind.startswith("Nghiệp") else "CĐCS "
    name = employer if short else employer.replace("Nghiệp đoàn", "", 1).strip()
    full = f"{kind} {name}"
    weight = 30 // place + (8 if employer.startswith("Công ty") else 2)  # few large unions, many small ones
    return Plan(f"{upper.code}-{place:02d}", full, f"{short}{employer}"[:120], Level.GRASSROOTS, upper.code, weight)


def _direct(code: str, employer: str, *, counted: bool = True) -> Plan:
    name = f"Công đoàn cơ sở {employer}"
    return Plan(code, name, f"CĐCS {employer}"[:120], Level.GRASSROOTS, "TINH", weight=2, counted=counted)


def _load_pilots(ids: dict[str, int]) -> None:
    source = "Chương trình chuyển đổi số 2023 - 2028, mục IV.1"
    pilots = (
        ("pilot-smartca", "Thí điểm chữ ký số VNPT SmartCA", "KCN"),
        ("pilot-cashless", "Thí điểm thanh toán không dùng tiền mặt", "TPBT"),
    )
    for code, title, unit in pilots:
        cohort = Cohort.objects.create(code=code, title=title, source=source)
        CohortUnit.objects.create(cohort=cohort, unit_id=ids[unit], valid_from=PILOTS_SINCE)
