from hypothesis import given
from hypothesis import strategies as st

from cms.importer.engine.passages import Passage
from cms.importer.engine.reconcile import Fate, Standing, Step, reconcile

texts = st.lists(st.text("abcđê ", min_size=1, max_size=8), max_size=8)


def _fresh(text: str, better: str = "") -> Passage:
    return Passage(f"<p>{text}</p>", f"<p>{better or text}</p>", 1)


def _standing(text: str, *, edited: str = "") -> Standing:
    return Standing(f"<p>{edited or text}</p>", f"<p>{text}</p>", "")


@given(texts)
def test_the_same_document_again_changes_nothing(texts: list[str]) -> None:
    steps = reconcile([_standing(text) for text in texts], [_fresh(text) for text in texts])

    assert steps == [Step(Fate.SAME, at) for at in range(len(texts))]


@given(texts, texts)
def test_an_untouched_page_becomes_the_new_document(old: list[str], new: list[str]) -> None:
    standing = [_standing(text) for text in old]
    steps = reconcile(standing, [_fresh(text) for text in new])

    shown = [
        step.new.html if step.new else standing[step.old].text
        for step in steps
        if step.fate is not Fate.DROPPED and (step.new or step.old is not None)
    ]
    assert shown == [f"<p>{text}</p>" for text in new]


@given(texts, texts)
def test_what_a_person_edited_is_never_lost(old: list[str], new: list[str]) -> None:
    standing = [_standing(text, edited=f"{text} by hand") for text in old]
    steps = reconcile(standing, [_fresh(text) for text in new])

    assert [step.old for step in steps if step.old is not None] == list(range(len(old)))
    assert {step.fate for step in steps} <= {Fate.SAME, Fate.KEPT, Fate.ADDED}


def test_marks_of_the_editor_are_no_edit() -> None:
    assert not Standing('<p data-block-key="a1">x</p>', "<p>x</p>", "").is_edited


def test_a_correction_chosen_now_renews_an_untouched_passage() -> None:
    steps = reconcile([_standing("về CDS")], [_fresh("về CDS", "về CĐS")])

    assert steps == [Step(Fate.RENEWED, 0, _fresh("về CDS", "về CĐS"))]
