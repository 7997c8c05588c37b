"""Making a contest: a draft, its publication, and the few things that may change afterwards. All of it traced."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from lms.audit.actions import record
from lms.learning.actions import open_activity
from lms.learning.models import Kind
from lms.people.models import Member, Unit
from lms.text.fold import fold
from quizzes.engine.pool import BankItem, assign
from quizzes.engine.reading import Problem
from quizzes.engine.rules import Rules, RulesError, parse, to_document
from quizzes.models import Contest, ContestState, PoolEntry, QuestionState, QuestionVersion, Round

_RESERVED = {"new", "mine", "preview"}  # addresses beside the contests'


class NotPublishable(ValueError):
    """The contest can't be published as it stands; `problems` say why, at the fields of its rules."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.code for problem in problems))
        self.problems = problems


class NotADraft(ValueError):
    """Somebody has published it meanwhile."""


@transaction.atomic
def create_contest(actor: Member, *, title: str, summary: str, rules: Rules, owner_id: int, now: datetime) -> Contest:
    """A draft on behalf of the unit `owner_id`, run by `actor`."""
    contest = Contest.objects.create(
        slug=free_slug(title),
        title=title,
        summary=summary,
        owner=Unit.objects.get(pk=owner_id),
        organiser=actor,
        rules=to_document(rules),
        created_at=now,
    )
    record(actor, "contest.create", contest, now=now)
    return contest


@transaction.atomic
def change_draft(actor: Member, contest: Contest, *, title: str, summary: str, rules: Rules, now: datetime) -> Contest:
    """Set everything of a draft. NotADraft once it is published."""
    locked = _draft(contest)
    locked.title, locked.summary, locked.rules = title, summary, to_document(rules)
    locked.save(update_fields=["title", "summary", "rules"])
    record(actor, "contest.change", locked, now=now)
    return locked


@transaction.atomic
def publish_contest(actor: Member, contest: Contest, *, now: datetime) -> Contest:
    """Freeze the pool and the rounds, open the ledger's activity. NotPublishable names what is lacking."""
    locked = _draft(contest)
    rules = _publishable(locked, now)
    places = _pool_places(rules)
    Round.objects.bulk_create(
        Round(contest=locked, number=number, title=one.title, opens_at=one.opens_at, closes_at=one.closes_at)
        for number, one in enumerate(rules.rounds, start=1)
    )
    PoolEntry.objects.bulk_create(
        PoolEntry(contest=locked, version_id=version, part=part) for version, part in sorted(places.items())
    )
    locked.state, locked.published_at = ContestState.PUBLISHED, now
    locked.save(update_fields=["state", "published_at"])
    open_activity(
        key=f"contest:{locked.pk}",
        kind=Kind.CONTEST,
        title=locked.title,
        url=reverse("quizzes:contest", args=[locked.slug]),
        minutes=rules.minutes,
    )
    record(actor, "contest.publish", locked, now=now, details={"questions": len(places), "rounds": len(rules.rounds)})
    return locked


def shortage_problems(rules: Rules) -> list[Problem]:
    """What the bank lacks today for these rules, at the parts of the blueprint."""
    _, shortages = assign(_approved(), rules.blueprint)
    return [
        Problem(f"blueprint.{one.part}.count", "pool_too_small", {"have": one.have, "want": one.want})
        for one in shortages
    ]


def _publishable(contest: Contest, now: datetime) -> Rules:
    try:
        rules = parse(contest.rules)
    except RulesError as error:
        raise NotPublishable(error.problems) from error
    problems = shortage_problems(rules)
    if rules.rounds[-1].closes_at <= now:
        problems.append(Problem(f"rounds.{len(rules.rounds) - 1}.closes_at", "all_rounds_over"))
    if problems:
        raise NotPublishable(problems)
    return rules


def _pool_places(rules: Rules) -> dict[int, int]:
    places, _ = assign(_approved(), rules.blueprint)
    return places


def _approved() -> Iterable[BankItem]:
    """Each approved question by its newest published version."""
    versions = QuestionVersion.objects.filter(question__state=QuestionState.APPROVED, published_at__isnull=False)
    newest: dict[str, BankItem] = {}
    columns = versions.order_by("number").values_list("pk", "question__topic", "question__code")
    for pk, topic, code in columns:
        newest[code] = BankItem(pk, topic, code)
    return newest.values()


def _draft(contest: Contest) -> Contest:
    locked = Contest.objects.select_for_update().get(pk=contest.pk)
    if locked.state != ContestState.DRAFT:
        raise NotADraft(f"{locked.slug} is {locked.state}")
    return locked


def free_slug(title: str) -> str:
    """ "Tìm hiểu Luật" -> "tim-hieu-luat", with a number behind it when that is taken."""
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in fold(title)).split()
    base = "-".join(words)[:70].strip("-") or "cuoc-thi"
    taken = set(Contest.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | _RESERVED
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
