"""One completion into the counts, in its own transaction."""

from collections import Counter

from lms.coverage.actions.tallies import add, spans_of, subject_of
from lms.coverage.engine.stays import Stay, changes, difference
from lms.coverage.engine.subjects import Aim, Deed
from lms.coverage.queries.aims import (
    COUNTED_KINDS,
    TRAINING_KINDS,
    aim_of_activity,
    aim_of_tag,
    countable_activities,
    recipes,
)
from lms.coverage.queries.raw import deeds_of_member, stays_of_member
from lms.learning.models import Completion
from lms.people.models import Unit


def count_completion(completion: Completion) -> None:
    """Called with each new completion. Lessons cost nothing, what no indicator asks for costs four queries."""
    activity = completion.activity
    if activity.kind not in COUNTED_KINDS:
        return
    _wait_for_turn(completion.member_id)
    stays = stays_of_member(completion.member_id)
    if not stays:
        return
    deed = Deed(activity.pk, completion.completed_on)
    booked = _booked(aim_of_activity(activity.pk), stays, [], deed)
    asked_for = recipes(activity.tags) if activity.kind in TRAINING_KINDS else []
    if asked_for:
        aims = [aim_of_tag(recipe, countable_activities()) for recipe in asked_for]
        deeds = deeds_of_member(completion.member_id, frozenset().union(*(aim.activities for aim in aims)))
        earlier = [known for known in deeds if known.activity_id != activity.pk]
        for aim in aims:
            booked += _booked(aim, stays, earlier, deed)
    add(booked)


def _wait_for_turn(member_id: int) -> None:
    """The person's unions, locked until the end of the transaction and before anything is read.

    So a rebuild of them, and a second completion of the same person, wait and then see this one (or this one sees
    theirs). Keys to units are checked at commit only: their own lock would come too late.
    """
    units = Unit.objects.filter(memberships__member_id=member_id)
    list(units.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))


def _booked(aim: Aim, stays: list[Stay], earlier: list[Deed], deed: Deed) -> Counter:  # type: ignore[type-arg]  # keys
    before, after = aim.first_day(earlier), aim.first_day([*earlier, deed])
    if before == after:
        return Counter()
    return spans_of(difference(changes(stays, after), changes(stays, before)), subject_of(aim.key).pk)
