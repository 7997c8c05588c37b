"""Completions into the counts, in their own transaction."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from lms.coverage.actions.tallies import add, spans_of, subject_of
from lms.coverage.engine.stays import Slot, Stay, changes, difference
from lms.coverage.engine.subjects import Aim, Deed
from lms.coverage.queries.aims import (
    COUNTED_KINDS,
    TRAINING_KINDS,
    aim_of_activity,
    aim_of_tag,
    countable_activities,
    recipes,
)
from lms.coverage.queries.raw import deeds_of_members, stays_of_members
from lms.learning.models import Activity, Completion
from lms.people.models import Membership, Unit


def count_completions(completions: Sequence[Completion]) -> None:
    """Called with each new completion, or several people's of one activity; lessons cost nothing.

    What no indicator asks for costs four queries, for however many people.
    """
    activity = completions[0].activity
    if activity.kind not in COUNTED_KINDS:
        return
    people = [completion.member_id for completion in completions]
    _wait_for_turn(people)
    stays = stays_of_members(people)
    aims = _aims_of(activity)
    asked_for = frozenset().union(*(aim.activities for aim in aims[1:]))
    deeds = deeds_of_members(people, asked_for) if asked_for else {}
    booked: Counter[Any] = Counter()  # keys as in tallies
    for aim in aims:
        subject = subject_of(aim.key).pk
        for completion in completions:
            known = [deed for deed in deeds.get(completion.member_id, ()) if deed.activity_id != activity.pk]
            here = stays.get(completion.member_id, [])
            changed = _changed(aim, here, known, Deed(activity.pk, completion.completed_on))
            booked.update(spans_of(changed, subject))
    add(booked)


def _aims_of(activity: Activity) -> list[Aim]:
    """The activity for itself, and every indicator that asks for one of its tags."""
    asked_for = recipes(activity.tags) if activity.kind in TRAINING_KINDS else []
    activities = countable_activities() if asked_for else []
    return [aim_of_activity(activity.pk), *(aim_of_tag(recipe, activities) for recipe in asked_for)]


def _wait_for_turn(member_ids: Collection[int]) -> None:
    """The people's unions, locked until the end of the transaction and before anything is read.

    So a rebuild of them, and a second completion of the same person, wait and then see this one (or this one sees
    theirs). Keys to units are checked at commit only: their own lock would come too late.
    """
    units = Unit.objects.filter(pk__in=Membership.objects.filter(member_id__in=member_ids).values("unit_id"))
    list(units.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))


def _changed(aim: Aim, stays: list[Stay], earlier: list[Deed], deed: Deed) -> Counter[Slot]:
    before, after = aim.first_day(earlier), aim.first_day([*earlier, deed])
    return difference(changes(stays, after), changes(stays, before)) if before != after else Counter()
