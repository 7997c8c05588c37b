"""Writing the question bank. A published version is never edited: what changes it is a new version."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from lms.audit.actions import record
from lms.people.models import Member
from quizzes.engine.bank_file import Entry
from quizzes.engine.question import Choice, Content
from quizzes.models import Question, QuestionState, QuestionVersion


class NothingToApprove(ValueError):
    """Every version of the question is published already."""


class CodeTaken(ValueError):
    """Another question has this code."""


@transaction.atomic
def create_question(
    actor: Member | None, *, code: str, topic: str, content: Content, now: datetime, verify: bool = False
) -> Question:
    """A draft question with its first version. CodeTaken if the code isn't free."""
    if Question.objects.filter(code=code).exists():
        raise CodeTaken(code)
    question = Question.objects.create(code=code, topic=topic, verify=verify, author=actor, created_at=now)
    _add_version(question, 1, content)
    record(actor, "question.create", question, now=now, details={"version": 1})
    return question


@transaction.atomic
def change_question(actor: Member | None, question: Question, *, topic: str, content: Content, now: datetime) -> None:
    """Set what the question says. The newest version is rewritten while unpublished; else a new one begins."""
    locked = Question.objects.select_for_update().get(pk=question.pk)
    newest = locked.versions.latest("number")
    if locked.topic != topic:
        locked.topic = topic
        locked.save(update_fields=["topic"])
    if content_of(newest) == content:
        return
    if newest.published_at is None:
        _fill(newest, content)
        newest.save()
        number = newest.number
    else:
        number = newest.number + 1
        _add_version(locked, number, content)
    record(actor, "question.change", locked, now=now, details={"version": number})


@transaction.atomic
def approve_question(actor: Member | None, question: Question, *, now: datetime) -> QuestionVersion:
    """Publish the newest version: from now on contests may draw it and it is never edited."""
    locked = Question.objects.select_for_update().get(pk=question.pk)
    newest = locked.versions.latest("number")
    if newest.published_at and locked.state == QuestionState.APPROVED:
        raise NothingToApprove(f"{locked.code} is approved already")
    if newest.published_at is None:
        newest.published_at = now
        newest.save(update_fields=["published_at"])
    details = {"version": newest.number, "verified": locked.verify}
    locked.state, locked.verify = QuestionState.APPROVED, False
    locked.save(update_fields=["state", "verify"])
    record(actor, "question.approve", locked, now=now, details=details)
    return newest


@transaction.atomic
def send_to_review(actor: Member, question: Question, *, now: datetime) -> None:
    """The author is done; an editor or organiser approves."""
    _set_state(actor, question, QuestionState.REVIEW, "question.review", now)


@transaction.atomic
def retire_question(actor: Member, question: Question, *, now: datetime) -> None:
    """No later contest draws it; contests published before keep it."""
    _set_state(actor, question, QuestionState.RETIRED, "question.retire", now)


def _set_state(actor: Member, question: Question, state: str, verb: str, now: datetime) -> None:
    locked = Question.objects.select_for_update().get(pk=question.pk)
    if locked.state == state:
        return
    locked.state = state
    locked.save(update_fields=["state"])
    record(actor, verb, locked, now=now)


@dataclass(frozen=True)
class Imported:
    """What an import did, in numbers of questions."""

    created: int
    changed: int
    unchanged: int
    approved: int
    drafts: int


@transaction.atomic
def import_entries(entries: Iterable[Entry], *, actor: Member | None, now: datetime) -> Imported:
    """Take a file's questions into the bank: all of them or none.

    A question whose words equal any version that the bank has is left alone, so that a second run undoes no later
    edit. Those marked `verify` stay drafts for a lawyer, the others are approved.
    """
    created = changed = unchanged = approved = drafts = 0
    for entry in entries:
        question = Question.objects.select_for_update().filter(code=entry.code).first()
        if question is None:
            question = create_question(
                actor, code=entry.code, topic=entry.topic, content=entry.content, now=now, verify=entry.verify
            )
            created += 1
        elif any(content_of(version) == entry.content for version in question.versions.all()):
            unchanged += 1
            continue
        else:
            change_question(actor, question, topic=entry.topic, content=entry.content, now=now)
            changed += 1
        if entry.verify:
            _mark_for_verification(question)
            drafts += 1
        else:
            approve_question(actor, question, now=now)
            approved += 1
    return Imported(created, changed, unchanged, approved, drafts)


def _mark_for_verification(question: Question) -> None:
    question.verify = True
    question.save(update_fields=["verify"])


def content_of(version: QuestionVersion) -> Content:
    """A stored version as the engine's value."""
    return Content(
        kind=version.kind,
        stem=version.stem,
        options=tuple(Choice(one["id"], one["text"], bool(one.get("pinned"))) for one in version.options),
        key=tuple(version.key),
        explanation=version.explanation,
        source=version.source,
    )


def _add_version(question: Question, number: int, content: Content) -> QuestionVersion:
    version = QuestionVersion(question=question, number=number)
    _fill(version, content)
    version.save()
    return version


def _fill(version: QuestionVersion, content: Content) -> None:
    values: dict[str, Any] = asdict(content)
    values["options"], values["key"] = list(values["options"]), list(values["key"])
    for name, value in values.items():
        setattr(version, name, value)
