"""Recounting that nobody waits for."""

from lms.coverage.actions.rebuilding import rebuild_subjects
from lms.web.later import task


@task("coverage.rebuild_tags")
def rebuild_tags() -> None:
    """Courses gained or lost a tag that an indicator asks for."""
    rebuild_subjects()
