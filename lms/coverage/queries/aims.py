"""Which deeds count for which subject, as things stand in the ledger and in the indicators."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lms.coverage.engine.figures import RECIPES
from lms.coverage.engine.subjects import Aim, activity_key, tag_key
from lms.coverage.models import Indicator
from lms.learning.models import Activity, Kind

COUNTED_KINDS = (Kind.COURSE, Kind.CONTEST, Kind.CLASS)  # lessons are parts of courses
TRAINING_KINDS = (Kind.COURSE, Kind.CLASS)  # what a tag stands for in an indicator


@dataclass(frozen=True)
class Recipe:
    """An indicator that the ledger answers."""

    tag: str
    since: date
    until: date

    @property
    def key(self) -> str:
        return tag_key(self.tag, self.since, self.until)


def recipe_of(indicator: Indicator) -> Recipe | None:
    """How `indicator` is computed here, None if it isn't. Needs its set."""
    tag = RECIPES.get(indicator.code)
    return Recipe(tag, indicator.set.period_from, indicator.set.period_to) if tag else None


def recipes(tags: Iterable[str] | None = None) -> list[Recipe]:
    """Recipes of all indicators known, or of those that ask for one of `tags`. One query, none without tags."""
    wanted = [code for code, tag in RECIPES.items() if tags is None or tag in tags]
    if not wanted:
        return []
    found = (recipe_of(i) for i in Indicator.objects.filter(code__in=wanted).select_related("set"))
    return [recipe for recipe in found if recipe]


def aim_of_tag(recipe: Recipe, activities: Iterable[Activity]) -> Aim:
    tagged = frozenset(a.pk for a in activities if a.kind in TRAINING_KINDS and recipe.tag in a.tags)
    return Aim(recipe.key, tagged, recipe.since, recipe.until)


def aim_of_activity(activity_id: int) -> Aim:
    return Aim(activity_key(activity_id), frozenset({activity_id}))


def countable_activities() -> list[Activity]:
    return list(Activity.objects.filter(kind__in=COUNTED_KINDS).only("pk", "kind", "tags"))


def all_aims() -> list[Aim]:
    """Every subject but the roster. Two queries."""
    activities = countable_activities()
    of_tags = [aim_of_tag(recipe, activities) for recipe in recipes()]
    return [aim_of_activity(activity.pk) for activity in activities] + of_tags
