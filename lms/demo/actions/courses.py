"""The demo's two courses: one published, in our own words, and the programme itself as a draft."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cms.actions.courses import add_course, add_lesson, publish
from cms.actions.site import ensure_site
from cms.importer.actions.programme import import_programme
from cms.importer.reading import read_document
from cms.models import CoursePage
from lms.people.models import Member

DATA = Path(__file__).parents[1] / "data"
MOODS = {"law": "legal", "note": "note", "warning": "warning"}


def load_courses(trainer: Member, editor: Member, *, now: datetime) -> CoursePage:
    """Make the site's pages, the published course and the programme's draft; returns the published one."""
    ensure_site()
    content = tomllib.loads((DATA / "course.toml").read_text(encoding="utf-8"))
    course = add_course(title=content["title"], by=trainer, tags=["CDS"], summary=content["summary"])
    lessons = [
        add_lesson(course, title=lesson["title"], minutes=lesson["minutes"], body=_body(lesson), by=trainer)
        for lesson in content["lessons"]
    ]
    publish(course, by=editor)
    for lesson in lessons:
        publish(lesson, by=editor)
    programme = read_document((DATA / "programme.txt").read_bytes(), "programme.txt")
    import_programme(programme, by=trainer, now=now, tags=["CDS"])
    return course


def _body(lesson: dict[str, Any]) -> list[Any]:
    source = {"kind": "legal", "text": f"<p>Theo Chương trình, {lesson['source']}.</p>"}
    return [*(_block(part) for part in lesson["parts"]), ("callout", source)]


def _block(part: dict[str, Any]) -> tuple[str, Any]:
    html = part.get("html", "").strip()
    if part["kind"] == "text":
        return "text", html
    if part["kind"] == "callout":
        return "callout", {"kind": MOODS[part["mood"]], "text": html}
    answers = sorted([part["right"], *part["wrong"]], key=lambda text: uuid5(NAMESPACE_URL, text).hex)
    return "question", {
        "question": part["question"],
        "options": [{"text": text, "is_right": text == part["right"]} for text in answers],
        "explanation": f"<p>{part['explanation']}</p>",
    }
