"""Writes of the cms. Programs that bring content (importer, demo) use `ensure_site`, `add_course`, `add_lesson` and
`publish`; the receivers then keep the ledger and the search in step."""

from cms.actions.courses import add_course, add_lesson, publish
from cms.actions.roles import sync_roles
from cms.actions.site import ensure_site

__all__ = ["add_course", "add_lesson", "ensure_site", "publish", "sync_roles"]
