"""What can be looked at: indicators that the ledger answers, courses, contests; and what can't be yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from lms.coverage.engine.figures import FROM_FILE, POPULATIONS, Target
from lms.coverage.engine.subjects import activity_key
from lms.coverage.models import Indicator
from lms.coverage.queries.aims import COUNTED_KINDS, recipe_of
from lms.learning.models import Activity, Kind

POPULATION_CHOICES = [
    ("all", _("Everybody")),
    ("full_time", _("Full-time cadres")),
    ("part_time", _("Part-time cadres")),
    ("member", _("Members (without cadres)")),
]
_NAMES = dict(POPULATION_CHOICES)


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen on the dashboard."""

    code: str  # "P1-01", or the activity's key: what stands in the address
    title: str
    subject: str  # key of the subject counted
    population: str
    target: Target | None = None
    indicator: Indicator | None = None
    activity: Activity | None = None

    @property
    def population_name(self) -> str:
        return str(_NAMES[self.population])

    @property
    def classes(self) -> tuple[str, ...]:
        return POPULATIONS[self.population]


@dataclass(frozen=True)
class Choices:
    computed: list[Choice]
    activities: list[Choice]
    elsewhere: list[Indicator]  # not computed here yet
    opens_on: date | None

    @property
    def courses(self) -> list[Choice]:
        return [one for one in self.activities if one.activity and one.activity.kind != Kind.CONTEST]

    @property
    def contests(self) -> list[Choice]:
        return [one for one in self.activities if one.activity and one.activity.kind == Kind.CONTEST]

    def pick(self, code: str) -> Choice | None:
        return next((choice for choice in [*self.computed, *self.activities] if choice.code == code), None)

    @property
    def first(self) -> Choice | None:
        return next(iter([*self.computed, *self.courses, *self.contests]), None)


def choices(population: str) -> Choices:
    """Everything to choose from; `population` holds for courses (an indicator brings its own). Two queries."""
    indicators = list(Indicator.objects.select_related("set"))
    computed = [choice for choice in map(_of_indicator, indicators) if choice]
    known = {choice.code for choice in computed}
    activities = Activity.objects.filter(kind__in=COUNTED_KINDS, is_open=True).order_by("-pk")
    return Choices(
        computed=computed,
        activities=[of_activity(activity, population) for activity in activities],
        elsewhere=[indicator for indicator in indicators if indicator.code not in known],
        opens_on=_opens_on(indicators),
    )


def _of_indicator(indicator: Indicator) -> Choice | None:
    recipe = recipe_of(indicator)
    population = FROM_FILE.get(indicator.population)
    if recipe is None or population is None or indicator.target_unit != "percent":
        return None
    target = Target(indicator.operator, indicator.target)
    return Choice(indicator.code, indicator.name_vi, recipe.key, population, target, indicator)


def of_activity(activity: Activity, population: str) -> Choice:
    return Choice(activity.key, activity.title, activity_key(activity.pk), population, activity=activity)


def _opens_on(indicators: Iterable[Indicator]) -> date | None:
    days = {i.set.opens_on for i in indicators if i.set.opens_on}
    return max(days, default=None)
