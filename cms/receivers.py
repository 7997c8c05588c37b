"""What Wagtail and the posts of people tell us. Nothing is decided here: each receiver calls one action."""

from typing import Any

from django.db import connections
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.actions import ensure_site, sync_roles
from cms.actions.ledger import forget_page, index_page, note_files, sync_course
from cms.actions.trace import trace_model, trace_page
from cms.models import CourseIndexPage, CoursePage, HomePage, LessonPage, SitePage
from lms.learning.actions import close_activity
from lms.people.models import Post
from lms.web.later import enqueue


def _sync(page: Page) -> None:
    if isinstance(page, CourseIndexPage):
        for course in CoursePage.objects.child_of(page):
            sync_course(course)
    course = page if isinstance(page, CoursePage) else CoursePage.objects.parent_of(page).first()
    if course is not None:
        sync_course(course)


@receiver([page_published, page_unpublished], dispatch_uid="cms.page_changed")
def page_changed(instance: Page, **_: Any) -> None:
    if isinstance(instance, SitePage):
        index_page(instance)
        note_files(instance)
        _sync(instance)
    if isinstance(instance, LessonPage) and instance.live:
        enqueue("cms.draw_sizes", page_id=instance.pk)


@receiver(post_page_move, dispatch_uid="cms.page_moved")
def page_moved(instance: Page, parent_page_before: Page, **_: Any) -> None:
    page = Page.objects.get(pk=instance.pk).specific
    _sync(page)
    if isinstance(page, LessonPage):
        _sync(parent_page_before.specific)


@receiver(post_delete, sender=CoursePage, dispatch_uid="cms.course_deleted")
@receiver(post_delete, sender=LessonPage, dispatch_uid="cms.lesson_deleted")
def page_deleted(instance: CoursePage | LessonPage, **_: Any) -> None:
    close_activity(instance.activity_key)
    forget_page(instance)


@receiver([post_save, post_delete], sender=Post, dispatch_uid="cms.post_changed")
def post_changed(instance: Post, **_: Any) -> None:
    sync_roles(today=timezone.localdate(), member_ids=[instance.member_id])


@receiver(post_save, sender=PageLogEntry, dispatch_uid="cms.page_logged")
def page_logged(instance: PageLogEntry, *, created: bool, **_: Any) -> None:
    if created:
        trace_page(instance)


@receiver(post_save, sender=ModelLogEntry, dispatch_uid="cms.model_logged")
def model_logged(instance: ModelLogEntry, *, created: bool, **_: Any) -> None:
    if created:
        trace_model(instance)


@receiver(post_migrate, dispatch_uid="cms.migrated")
def migrated(sender: Any, using: str, **_: Any) -> None:
    if sender.name == "cms" and HomePage._meta.db_table in connections[using].introspection.table_names():
        ensure_site()
