"""What the templates of the page types show. Importing this module registers them."""

from cms.views import courses, lessons, today

__all__ = ["courses", "lessons", "today"]
