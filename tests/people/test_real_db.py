from wagtail.models import Page

from lms.people.models import Member
from tests.cast import Cast


def test_committed_rows_of_one_test(real_cast: Cast) -> None:
    assert Member.objects.count() == 8
    assert Page.objects.filter(depth=1).count() == 1


def test_the_next_test_starts_from_the_migrated_state(real_db: None) -> None:
    assert Member.objects.count() == 0
    assert Page.objects.filter(depth=1).count() == 1
