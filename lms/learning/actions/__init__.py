from lms.learning.actions.activities import close_activity, open_activity
from lms.learning.actions.completing import complete, complete_all
from lms.learning.actions.lessons import mark_check_passed, mark_read, note_position

__all__ = [
    "close_activity",
    "complete",
    "complete_all",
    "mark_check_passed",
    "mark_read",
    "note_position",
    "open_activity",
]
