import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from cms.engine.words import haystack, pieces, words_of
from lms.text.fold import fold
from tests.cast import Cast
from tests.cms.factories import make_course, make_lesson, text


def found(client: Client, asked: str) -> list[str]:
    hits = client.get("/search/", {"q": asked}).context["hits"]
    return ["".join(part for part, _ in hit.title) for hit in hits]


@pytest.mark.parametrize("asked", ["nghi quyet", "nghị quyết", "NGHI QUYET", "quyet nghi", "nghi quye", "doan vien"])
def test_words_are_found_with_and_without_accents(client: Client, cast: Cast, asked: str) -> None:
    make_lesson(make_course("Khóa"), "Bài một", [text("Học tập Nghị quyết của Đoàn viên")])
    make_lesson(make_course("Khác"), "Bài hai", [text("Điều lệ")])
    assert found(client, asked) == ["Bài một"]


@pytest.mark.parametrize("asked", ["uyet", "nghi hoi", "", "   ", "%", "' OR 1=1 --"])
def test_nothing_is_found_for_other_words(client: Client, cast: Cast, asked: str) -> None:
    make_lesson(make_course("Khóa"), "Bài một", [text("Học tập Nghị quyết của Đoàn viên")])
    assert found(client, asked) == []


def test_titles_come_first(client: Client, cast: Cast) -> None:
    course = make_course("Khóa")
    make_lesson(course, "A", [text("nói về chữ ký số")])
    make_lesson(course, "Chữ ký số", [text("bài chính")])
    assert found(client, "chu ky so") == ["Chữ ký số", "A"]


def test_only_what_is_published_and_open_is_found(client: Client, cast: Cast) -> None:
    course, secret = make_course("Khóa"), make_course("Kín")
    make_lesson(course, "Nháp", [text("Nghị quyết")])
    make_lesson(secret, "Riêng", [text("Nghị quyết")])
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    assert found(client, "nghi quyet") == ["Nháp"]
    course.unpublish()
    assert found(client, "nghi quyet") == []


def test_an_unpublished_lesson_is_not_found(client: Client, cast: Cast) -> None:
    lesson = make_lesson(make_course("Khóa"), "Bài", [text("Nghị quyết")])
    lesson.unpublish()
    assert found(client, "nghi quyet") == []


def test_a_draft_change_is_not_found_before_it_is_published(client: Client, cast: Cast) -> None:
    lesson = make_lesson(make_course("Khóa"), "Bài", [text("cũ")])
    lesson.title = "Nghị quyết mới"
    lesson.save_revision()
    assert found(client, "nghi quyet") == []
    lesson.get_latest_revision().publish()
    assert found(client, "nghi quyet") == ["Nghị quyết mới"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same(client: Client, cast: Cast, count: int, django_assert_max_num_queries) -> None:
    for number in range(count):
        make_lesson(make_course(f"Khóa {number}"), "Bài", [text("Nghị quyết")])
    client.force_login(cast.lan)
    with django_assert_max_num_queries(8):
        assert len(found(client, "nghi quyet")) == count


def test_hits_are_marked_in_the_text(client: Client, cast: Cast) -> None:
    make_lesson(make_course("Khóa"), "Bài một", [text("Học tập Nghị quyết của Đoàn viên")])
    assert "<mark>Nghị</mark> <mark>quyết</mark>" in client.get("/search/", {"q": "nghi quyet"}).content.decode()


@pytest.mark.parametrize("asked", ["nghi quyet", "Nghị quyết", "nghiep doan"])
def test_the_explorer_of_authors_finds_words_without_accents(client: Client, cast: Cast, asked: str) -> None:
    lesson = make_lesson(make_course("Khóa"), "Học Nghị quyết", [text("Dành cho Nghiệp đoàn")])
    from django.core.management import call_command

    call_command("update_index", verbosity=0)
    assert [page.pk for page in Page.objects.search(asked)] == [lesson.pk]
    client.force_login(cast.trainer)
    shown = client.get("/cms/pages/search/results/", {"q": asked}).content.decode()
    assert "Học Nghị quyết" in shown


@given(st.text(max_size=80), st.text(max_size=20))
def test_pieces_together_are_the_text(written: str, asked: str) -> None:
    from lms.text.fold import nfc

    assert "".join(part for part, _ in pieces(written, asked, width=1000)) == nfc(written)


@given(st.text(alphabet="đĐ ăâêôơưạảãàáNghị quyết", max_size=40))
def test_every_word_of_a_text_finds_it(written: str) -> None:
    assert all(f" {word}" in haystack(written) for word in words_of(written))
    assert haystack(written) == haystack(fold(written))
