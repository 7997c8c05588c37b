from lms.learning.queries.progress import (
    CourseProgress,
    LessonState,
    course_progress,
    courses_done,
    courses_in_progress,
    has_completed,
)

__all__ = ["CourseProgress", "LessonState", "course_progress", "courses_done", "courses_in_progress", "has_completed"]
