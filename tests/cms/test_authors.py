from wagtail.models import Page, PageSubscription, Revision
from wagtail.users.models import UserProfile

from cms.actions import authors
from lms.people.models import Member
from tests.cast import Cast
from tests.cms.factories import make_course


def _written_by(member: Member, title: str) -> Page:
    page = make_course(title)
    page.owner = member
    page.save(update_fields=["owner"])
    Revision.page_revisions.filter(object_id=str(page.pk)).update(user=member)
    PageSubscription.objects.create(user=member, page=page, comment_notifications=False)
    UserProfile.get_for_user(member)
    return page


def test_erasing_an_author_leaves_the_pages(cast: Cast) -> None:
    page = _written_by(cast.trainer, "Chuyển đổi số")

    authors.erase(cast.trainer.pk)

    page.refresh_from_db()
    assert page.owner_id is None
    assert Revision.page_revisions.filter(user=cast.trainer).count() == 0
    assert PageSubscription.objects.filter(user=cast.trainer).count() == 0


def test_merging_two_authors_hands_the_pages_over(cast: Cast) -> None:
    page = _written_by(cast.trainer, "Chuyển đổi số")
    _written_by(cast.editor, "Luật Công đoàn")

    authors.merge(cast.editor.pk, cast.trainer.pk)

    page.refresh_from_db()
    assert page.owner_id == cast.editor.pk
    assert Revision.page_revisions.filter(user=cast.trainer).count() == 0
    assert UserProfile.objects.filter(user=cast.trainer).count() == 0
    assert UserProfile.objects.filter(user=cast.editor).count() == 1


def test_an_author_is_shown_the_pages_she_wrote(cast: Cast) -> None:
    _written_by(cast.trainer, "Chuyển đổi số")

    assert [next(iter(row.values())) for row in authors.personal_data(cast.trainer.pk)] == ["Chuyển đổi số"]
