"""What a lesson is made of. Every block of a lesson keeps Wagtail's `id`: reading positions hang on it.

`LessonBody` is the stream of `cms.models.LessonPage.body`. Raw values for programs that write pages:
`("text", "<p>…</p>")`, `("imported_text", {"text": "<p>…</p>", "source": "…", "origin": "II.2.1/3"})`,
`("table", {"caption": "", "rows": "A\\tB\\n1\\t2", "has_header": True})`,
`("callout", {"kind": "legal", "title": "", "text": "<p>…</p>", "reference": "", "document": None, "link": ""})`,
`("question", {"question": "…", "options": [{"text": "…", "is_right": True}, …], "explanation": "<p>…</p>"})`.
"""

from cms.blocks.imported import ImportedText
from cms.blocks.lesson import LessonBody
from cms.blocks.question import SelfCheck
from cms.blocks.text import TEXT_FEATURES

__all__ = ["TEXT_FEATURES", "ImportedText", "LessonBody", "SelfCheck"]
