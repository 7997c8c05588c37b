"""Page types and what hangs on them.

The tree: HomePage ("/") > CourseIndexPage ("/courses/") > CoursePage > LessonPage. `cms.actions.site.ensure_site()`
makes the first two; `cms.actions.courses` adds courses and lessons from programs (`add_course`, `add_lesson`,
`publish`). A page's `activity_key` is its key in the ledger. `import_key` on courses and lessons is the importer's.
"""

from cms.models.base import SitePage
from cms.models.checks import CheckAnswer
from cms.models.courses import CourseIndexPage, CoursePage
from cms.models.home import HomePage
from cms.models.lessons import LessonPage
from cms.models.search import PageText

__all__ = [
    "CheckAnswer",
    "CourseIndexPage",
    "CoursePage",
    "HomePage",
    "LessonPage",
    "PageText",
    "SitePage",
]
