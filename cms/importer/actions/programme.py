"""An official document becomes a draft course, a lesson per heading; the same document again renews it."""

import hashlib
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cms.actions.courses import add_course, add_lesson
from cms.importer.actions.lessons import new_body, renew_body
from cms.importer.engine import slips
from cms.importer.engine.document import Document, Section
from cms.importer.engine.identity import Identity
from cms.importer.engine.passages import passages_of
from cms.importer.engine.report import Outcome, Report
from cms.importer.engine.slips import Slip
from cms.models import CourseIndexPage, CoursePage, LessonPage
from lms.audit.actions import record
from lms.people.models import Member
from lms.text.fold import fold

FRONT = "Phần mở đầu"
WORDS_A_MINUTE = 150  # slow and careful reading of official prose
TITLE = 255


def import_programme(
    document: Document, *, by: Member | None, now: datetime, mended: Collection[str] = (), tags: Collection[str] = ()
) -> Report:
    """Write the course of `document`, in one transaction.

    `mended` holds the keys of the slips (`Slip.key`) to correct. Returns what happened to every passage; passages
    edited by hand are kept and listed. Nothing is published.
    """
    chosen = [slip for slip in slips.find(lines_of(document)) if slip.key in mended]
    with transaction.atomic():
        CourseIndexPage.objects.select_for_update().get()  # two imports at once make one course
        course, is_new = _course(document.identity, by=by, tags=tags)
        report = Report(course_id=course.pk, is_new=is_new, doubts=list(document.doubts))
        _write_lessons(course, document, chosen, by, report)
        record(by, "course.import", course, now=now, details=report.counts())
    return report


def lines_of(document: Document) -> list[Any]:
    """Every line of the document in order, headings too."""
    return [
        line
        for section in document.sections
        for line in [section.line, *(piece.line for piece in section.pieces)]
        if line is not None
    ]


def course_key(identity: Identity) -> str:
    """What makes two files the same document: kind, title and issuer; numbers and days are often still blank."""
    names = "|".join(fold(part) for part in (identity.kind, identity.title, identity.issuer))
    return hashlib.sha256(names.encode()).hexdigest()[:40]


def course_of(identity: Identity) -> CoursePage | None:
    """The course that an earlier import of this document made."""
    course: CoursePage | None = CoursePage.objects.filter(import_key=course_key(identity)).first()
    return course


def _course(identity: Identity, *, by: Member | None, tags: Collection[str]) -> tuple[CoursePage, bool]:
    known = course_of(identity)
    if known:
        return known, False
    title = f"{identity.kind.capitalize()} {identity.title[:1].lower()}{identity.title[1:]}".strip()
    course = add_course(
        title=title[:TITLE],
        by=by,
        tags=list(tags),
        import_key=course_key(identity),
        document_title=title[:300],
        document_number=identity.number[:60],
        document_date=_day(identity.day),
        document_issuer=identity.issuer[:200],
    )
    return course, True


def _write_lessons(
    course: CoursePage, document: Document, chosen: list[Slip], by: Member | None, report: Report
) -> None:
    known = {lesson.import_key: lesson for lesson in LessonPage.objects.child_of(course).exclude(import_key="")}
    previous: LessonPage | None = None
    for section in document.sections:
        if not section.line and not section.pieces:
            continue
        lesson = known.pop(_section_key(section), None)
        if lesson is None:
            lesson = _add(course, section, chosen, by, report)
            if previous and len(known):
                lesson.move(previous, pos="right", user=by)
                lesson.refresh_from_db()
        else:
            _renew(lesson, section, chosen, by, report)
        previous = lesson
    report.left_over = [lesson.title for lesson in known.values()]


def _add(course: CoursePage, section: Section, chosen: list[Slip], by: Member | None, report: Report) -> LessonPage:
    passages = passages_of(section.pieces, chosen)
    title = _title(section, chosen)
    report.note(Outcome(added=len(passages)))
    return add_lesson(
        course,
        title=title,
        body=new_body(passages, _section_key(section)),
        by=by,
        minutes=_minutes(section),
        import_key=_section_key(section),
        import_title=title,
        import_original=section.title[:TITLE] if title != section.title[:TITLE] else "",
    )


def _renew(lesson: LessonPage, section: Section, chosen: list[Slip], by: Member | None, report: Report) -> None:
    draft = lesson.get_latest_revision_as_object()
    outcome = renew_body(draft, passages_of(section.pieces, chosen), _section_key(section))
    title = _title(section, chosen)
    if draft.title == draft.import_title and title != draft.title:
        draft.title = draft.draft_title = draft.import_title = title
        draft.import_original = section.title[:TITLE] if title != section.title[:TITLE] else ""
        outcome.changed = True
    if outcome.changed:
        draft.save_revision(user=by)
    report.note(outcome, lesson.title)


def _title(section: Section, chosen: list[Slip]) -> str:
    if section.line is None:
        return FRONT
    here = [slip for slip in chosen if slip.line == section.line.number]
    return slips.mend(section.line.text, here)[:TITLE]


def _section_key(section: Section) -> str:
    key = section.key or "front"
    return key if len(key) <= 120 else hashlib.sha256(key.encode()).hexdigest()


def _minutes(section: Section) -> int:
    words = sum(len(piece.line.text.split()) for piece in section.pieces)
    return max(1, round(words / WORDS_A_MINUTE))


def _day(text: str) -> date | None:
    """The day if the clerk has filled it in; documents often leave it blank until they are signed."""
    parts = text.split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None
