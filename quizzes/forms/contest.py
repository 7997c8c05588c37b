"""The organiser's form: six questions whose answers are the rules document. Nobody sees JSON."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.models import PersonClass
from quizzes.engine import rules as engine
from quizzes.forms.spoken import speak

MOST_ROWS = 12
_NO_LIMIT = _("Leave empty for no limit.")
# Text, not datetime-local: browsers write that in the order of their own language (12/05 for 5 December).
MOMENT_INPUT = forms.DateTimeInput(
    attrs={"placeholder": "07:00 12/05/2025", "autocomplete": "off"}, format="%H:%M %d/%m/%Y"
)

COMPARATORS = [
    ("score,duration,submitted_at", _("Score, then shorter time, then earlier submission")),
    ("score,submitted_at,duration", _("Score, then earlier submission, then shorter time")),
    ("score,duration", _("Score, then shorter time")),
    ("score,submitted_at", _("Score, then earlier submission")),
    ("score", _("Score only; equal scores share a rank")),
]
COUNTED = [("best", _("The best attempt")), ("first", _("The first attempt")), ("last", _("The last attempt"))]
UNIT_RANKING = [
    ("participants", _("By number of people")),
    ("share", _("By share of the union's people")),
    ("average", _("By average score of those who took part")),
]
NAMES = [("masked", _("Partly hidden")), ("full", _("Full names")), ("hidden", _("No names, only unions"))]
SHOW_SCORE = [("at_submit", _("Right after submitting")), ("after_round", _("When the round has closed"))]
REVIEW = [("after_round", _("When the round has closed")), ("never", _("Never"))]
LAYOUT = [("one", _("One question at a time")), ("all", _("All questions on one page"))]


class RoundForm(forms.Form):
    title = forms.CharField(label=_("Name of the round"), max_length=120)
    opens_at = forms.DateTimeField(label=_("Opens at"), widget=MOMENT_INPUT)
    closes_at = forms.DateTimeField(label=_("Closes at"), widget=MOMENT_INPUT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak(self)

    def document(self) -> dict[str, Any]:
        clean = self.cleaned_data
        return {
            "title": clean["title"],
            "opens_at": clean["opens_at"].isoformat(),
            "closes_at": clean["closes_at"].isoformat(),
        }


class PartForm(forms.Form):
    """One part of the paper. `topics`: pairs (topic, number of approved questions)."""

    topic = forms.ChoiceField(label=_("Topic"), required=False)
    count = forms.IntegerField(
        label=_("Number of questions"), min_value=1, max_value=engine.MOST_QUESTIONS, required=True
    )
    codes = forms.CharField(widget=forms.HiddenInput, required=False)  # kept from drafts that name questions

    def __init__(self, *args: Any, topics: list[tuple[str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak(self)
        total = sum(number for _topic, number in topics)
        shown = [(topic, f"{topic} ({number})") for topic, number in topics if topic]
        self.fields["topic"].choices = [("", _("Any topic (%(number)s)") % {"number": total}), *shown]  # type: ignore[attr-defined]  # a ChoiceField

    def document(self) -> dict[str, Any]:
        clean = self.cleaned_data
        return {"topic": clean["topic"], "codes": clean["codes"].split(), "count": clean["count"]}


class ContestForm(forms.Form):
    """Everything but rounds and parts. Fields are called as in the rules, so that problems find their field."""

    title = forms.CharField(label=_("Title of the contest"), max_length=200)
    summary = forms.CharField(
        label=_("What is it about, and what for?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=2000,
        help_text=_("Purpose, documents to read, prizes. Two or three sentences are enough."),
    )
    minutes = forms.IntegerField(label=_("Minutes for one attempt"), min_value=1, max_value=engine.MOST_MINUTES)
    attempts_per_round = forms.IntegerField(
        label=_("Attempts in each round"),
        min_value=1,
        max_value=engine.MOST_ATTEMPTS,
        required=False,
        help_text=_NO_LIMIT,
    )
    counted = forms.ChoiceField(label=_("Which attempt counts?"), choices=COUNTED, widget=forms.RadioSelect)
    comparators = forms.ChoiceField(label=_("Who ranks higher?"), choices=COMPARATORS, widget=forms.RadioSelect)
    unit_ranking = forms.ChoiceField(label=_("How do unions rank?"), choices=UNIT_RANKING, widget=forms.RadioSelect)
    unit_min_people = forms.IntegerField(
        label=_("Smallest union that is ranked by share or average"),
        min_value=0,
        max_value=100_000,
        help_text=_("Number of people on its list; a union of three would be at 100% too easily."),
    )
    eligible = forms.MultipleChoiceField(
        label=_("Who may enter?"), choices=PersonClass.choices, widget=forms.CheckboxSelectMultiple
    )
    names = forms.ChoiceField(label=_("How do names appear on the board?"), choices=NAMES, widget=forms.RadioSelect)
    show_score = forms.ChoiceField(label=_("When does one see the own score?"), choices=SHOW_SCORE)
    review = forms.ChoiceField(label=_("When are right answers shown?"), choices=REVIEW)
    layout = forms.ChoiceField(label=_("How do questions appear?"), choices=LAYOUT)
    shuffle_questions = forms.BooleanField(label=_("Shuffle the questions"), required=False)
    shuffle_options = forms.BooleanField(label=_("Shuffle the options"), required=False)
    points_right = forms.DecimalField(
        label=_("Points for a right answer"), max_value=100, max_digits=5, decimal_places=2, localize=True
    )
    points_wrong = forms.DecimalField(
        label=_("Points taken off for a wrong answer"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
    )
    grace_seconds = forms.IntegerField(
        label=_("Seconds of grace for the network"),
        min_value=0,
        max_value=300,
        help_text=_("Answers that arrive so shortly after time is up still count."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak(self)

    def document(self) -> dict[str, Any]:
        """These fields as they stand in the rules document."""
        clean: Mapping[str, Any] = self.cleaned_data
        kept = {name: clean[name] for name in engine.Rules.__dataclass_fields__ if name in clean}
        return kept | {
            "comparators": clean["comparators"].split(","),
            "points_right": format(clean["points_right"], "f"),
            "points_wrong": format(-clean["points_wrong"], "f"),
        }


RoundFormSet = forms.formset_factory(RoundForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
PartFormSet = forms.formset_factory(PartForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
