"""What the bank's screens and the contest form read."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404

from lms.people.models import Function, Member
from lms.people.queries.scopes import scope_of
from lms.text.fold import fold
from quizzes.models import Question, QuestionState, QuestionVersion

WRITERS = (Function.TRAINER, Function.EDITOR, Function.ORGANISER, Function.PROVINCE_ADMIN)
APPROVERS = (Function.EDITOR, Function.ORGANISER, Function.PROVINCE_ADMIN)


def may_write_questions(member: Member, day: date) -> bool:
    return scope_of(member, day).has(*WRITERS)


def may_approve_questions(member: Member, day: date) -> bool:
    return scope_of(member, day).has(*APPROVERS)


def questions_for(member: Member, day: date, *, text: str = "", state: str = "", topic: str = "") -> QuerySet[Question]:
    """The bank as `member` sees it, narrowed; each with its versions, newest first. 404 for who doesn't work on it."""
    if not may_write_questions(member, day):
        raise Http404("not somebody who works on the bank")
    newest = QuestionVersion.objects.order_by("-number")
    found = Question.objects.prefetch_related(Prefetch("versions", newest)).order_by("code")
    if text.strip():
        hits = QuestionVersion.objects.filter(question=OuterRef("pk"))
        for word in fold(text).split():
            hits = hits.filter(search_text__contains=word)
        by_code = Question.objects.filter(code__iexact=text.strip()).values("pk")
        found = found.filter(Exists(hits)) | found.filter(pk__in=by_code)
    if state in QuestionState.values:
        found = found.filter(state=state)
    return found.filter(topic=topic) if topic else found


def question_for(member: Member, question_id: int, day: date) -> Question:
    """One question of the bank; 404 for who doesn't work on it."""
    question = questions_for(member, day).select_related("author").filter(pk=question_id).first()
    if question is None:
        raise Http404("no such question")
    return question


def topics() -> list[str]:
    return list(Question.objects.exclude(topic="").order_by("topic").values_list("topic", flat=True).distinct())


def approved_topics() -> list[tuple[str, int]]:
    """Each topic with the number of its approved questions; "" stands for questions without one."""
    approved = Question.objects.filter(state=QuestionState.APPROVED)
    counted = approved.values_list("topic").annotate(number=Count("pk")).order_by("topic")
    return [(topic, number) for topic, number in counted]
