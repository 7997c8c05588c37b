"""Writing a question: one form for the three kinds, without JavaScript. Empty options are left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.text.fold import squeeze
from quizzes.engine.question import LETTERS, Choice, Content, faults, pinned
from quizzes.forms.sentences import sentence_of
from quizzes.forms.spoken import speak
from quizzes.models import QuestionKind

ROWS = LETTERS  # as many as a file may bring: editing drops none


class QuestionForm(forms.Form):
    topic = forms.CharField(label=_("Topic"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind of question"), choices=QuestionKind.choices, widget=forms.RadioSelect)
    stem = forms.CharField(label=_("What is asked"), widget=forms.Textarea(attrs={"rows": 3}))
    explanation = forms.CharField(
        label=_("Explanation"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Shown with the right answer when the round has closed."),
    )
    source = forms.CharField(label=_("Source"), required=False, help_text=_("Document and clause."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for letter in ROWS:
            name = {"letter": letter.upper()}
            self.fields[f"text_{letter}"] = forms.CharField(label=_("Option %(letter)s") % name, required=False)
            self.fields[f"right_{letter}"] = forms.BooleanField(label=_("right"), required=False)
            self.fields[f"pinned_{letter}"] = forms.BooleanField(label=_("keeps its place"), required=False)
        speak(self)
        self.content: Content | None = None

    def option_rows(self) -> list[tuple[str, Any, Any, Any]]:
        return [
            (letter.upper(), self[f"text_{letter}"], self[f"right_{letter}"], self[f"pinned_{letter}"])
            for letter in ROWS
        ]

    def clean(self) -> dict[str, Any]:
        clean = self.cleaned_data
        kept = [letter for letter in ROWS if clean.get(f"text_{letter}", "").strip()]
        ids = dict(zip(kept, LETTERS, strict=False))
        options = tuple(
            Choice(ids[letter], squeeze(clean[f"text_{letter}"]), bool(clean.get(f"pinned_{letter}")))
            for letter in kept
        )
        content = Content(
            kind=clean.get("kind", ""),
            stem=squeeze(clean.get("stem", "")),
            options=pinned(options),
            key=tuple(ids[letter] for letter in kept if clean.get(f"right_{letter}")),
            explanation=squeeze(clean.get("explanation", "")),
            source=squeeze(clean.get("source", "")),
        )
        lost = [letter for letter in ROWS if clean.get(f"right_{letter}") and letter not in ids]
        if lost:
            self.add_error(f"text_{lost[0]}", _("This option is marked as right but has no text."))
        for problem in faults(content):
            name = {"options": "text_a", "key": "text_a"}.get(problem.where, problem.where)
            if name not in self.errors:
                self.add_error(name, sentence_of(problem))
        self.content = content
        return clean


class NewQuestionForm(QuestionForm):
    code = forms.RegexField(
        r"^[\w.-]+$",
        label=_("Code"),
        max_length=40,
        help_text=_("Short and lasting, for example LCD-2024-07: letters, digits, dots and dashes."),
    )
    field_order = ("code", "topic", "kind", "stem")


def initial_of(topic: str, content: Content) -> dict[str, Any]:
    """A stored question as the form's first values."""
    values: dict[str, Any] = {
        "topic": topic,
        "kind": content.kind,
        "stem": content.stem,
        "explanation": content.explanation,
        "source": content.source,
    }
    for letter, option in zip(ROWS, content.options, strict=False):
        values[f"text_{letter}"] = option.text
        values[f"right_{letter}"] = option.id in content.key
        values[f"pinned_{letter}"] = option.pinned
    return values


class ApproveForm(forms.Form):
    """`verify`: a lawyer's look is wanted, and who approves says that it has happened."""

    verified = forms.BooleanField(label=_("Somebody with legal expertise has checked this question."))

    def __init__(self, *args: Any, verify: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not verify:
            del self.fields["verified"]
        speak(self)
