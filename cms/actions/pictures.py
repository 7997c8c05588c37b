"""Pictures of a lesson in the sizes that readers are sent, made before the first reader asks."""

from cms.blocks.choosers import pictures_of
from cms.models import LessonPage
from cms.models.reading import SPECS


def draw_sizes(page_id: int) -> int:
    """Make what is missing; returns how many pictures the lesson has. Nothing for a page that is gone."""
    lesson = LessonPage.objects.filter(pk=page_id).first()
    pictures = pictures_of(lesson.body.raw_data) if lesson else []
    for picture in pictures:
        for spec in SPECS:
            picture.get_rendition(spec)
    return len(pictures)
