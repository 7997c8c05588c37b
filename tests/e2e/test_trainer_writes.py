"""A trainer writes a lesson in the editor, an editor approves it there, a cadre reads it on the phone."""

from contextlib import suppress

from playwright.sync_api import Page, TimeoutError, expect

from cms.models import LessonPage
from tests.cast import Cast
from tests.cms.factories import RIGHT, WRONG, make_course
from tests.e2e.conftest import PageAt
from tests.e2e.looks import Problems


def add_block(page: Page, name: str) -> None:
    page.locator("[data-streamfield-stream-container] button.c-sf-add-button").last.click()
    page.get_by_role("option", name=name, exact=True).click()


def _saved_by_itself(page: Page) -> None:
    """Wagtail saves drafts when something changes; what changed while it was saving waits for the next change."""
    for _ in range(6):
        page.locator("[data-contentpath=question] input").press_sequentially("?")
        with suppress(TimeoutError):
            page.wait_for_url("**/edit/**", timeout=10_000)
            return
    raise AssertionError("the draft was not saved")


def test_trainer_writes_and_cadre_reads(page_at: PageAt, real_cast: Cast, problems: Problems) -> None:
    # Wagtail tries to save a question that is half written: 400
    problems.expected += [
        "/cms/pages/add/",
        "/edit/: Failed to load resource: the server responded with a status of 400",
    ]
    course = make_course("Chuyển đổi số")
    trainer = page_at(1440, member=real_cast.trainer)
    trainer.goto(f"/cms/pages/add/cms/lessonpage/{course.pk}/")
    trainer.set_default_timeout(8000)
    trainer.locator("#id_title").fill("Chữ ký số của đoàn viên")
    add_block(trainer, "Đoạn văn")
    trainer.locator(".public-DraftEditor-content").first.click()
    trainer.keyboard.type("Nghị quyết giao mỗi đoàn viên một chữ ký số.")
    add_block(trainer, "Câu tự kiểm tra")
    trainer.locator("[data-contentpath=question] input").fill("Ai thí điểm trước?")
    answers = trainer.locator("[data-contentpath=options] [data-contentpath=text] input")
    answers.nth(0).fill(WRONG)
    answers.nth(1).fill(RIGHT)
    trainer.locator("[data-contentpath=options] [data-contentpath=is_right] input").nth(1).check()
    expect(trainer.get_by_text("Nghị quyết giao")).to_be_visible()
    _saved_by_itself(trainer)
    draft = LessonPage.objects.get()
    assert (draft.draft_title, draft.live) == ("Chữ ký số của đoàn viên", False)

    assert trainer.locator("button[name=action-publish]").count() == 0
    trainer.locator("footer [data-w-dropdown-target=toggle]").click()
    trainer.locator("button[name=action-submit]").click()
    trainer.wait_for_load_state("networkidle")

    editor = page_at(1440, member=real_cast.editor)
    editor.goto("/")
    editor.get_by_role("link", name="Đọc và duyệt").click()
    editor.get_by_role("link", name="Chữ ký số của đoàn viên").first.click()
    editor.locator("footer [data-w-dropdown-target=toggle]").click()
    editor.locator("[data-workflow-action-name=approve]").first.click()
    editor.wait_for_load_state("networkidle")

    cadre = page_at(390, member=real_cast.binh)
    cadre.goto("/courses/chuyen-doi-so/")
    cadre.get_by_role("link", name="Chữ ký số của đoàn viên").last.click()
    expect(cadre.get_by_text("Nghị quyết giao mỗi đoàn viên một chữ ký số.")).to_be_visible()
    cadre.get_by_label(RIGHT).check()
    cadre.get_by_role("button", name="Kiểm tra").click()
    expect(cadre.get_by_text("Đúng", exact=True)).to_be_visible()
    cadre.locator("[data-end]").scroll_into_view_if_needed()
    expect(cadre.locator("[data-rule=read].done")).to_be_visible()
