"""Fields that refuse a value with our own sentences, the same that the engines' problems have."""

from typing import Any

from django import forms

from quizzes.engine.reading import Problem
from quizzes.forms.sentences import sentence_of


def _say(code: str, **params: Any) -> str:
    return sentence_of(Problem("", code, params))


def speak(form: forms.Form) -> None:
    """Give every field of `form` its sentences; called when the form is made, in the reader's language."""
    for field in form.fields.values():
        field.error_messages |= {"required": _say("missing"), "invalid_choice": _say("no_choice")} | _of_kind(field)


def _of_kind(field: forms.Field) -> dict[str, str]:
    if isinstance(field, forms.DecimalField | forms.IntegerField):
        decimal = isinstance(field, forms.DecimalField)
        low = 0 if field.min_value is None else field.min_value
        outside = _say("out_of_range", low=low, high=field.max_value)
        wrong = {
            "invalid": _say("not_a_number" if decimal else "not_whole"),
            "min_value": outside,
            "max_value": outside,
        }
        return wrong | {name: _say("too_fine") for name in ("max_decimal_places", "max_digits", "max_whole_digits")}
    if isinstance(field, forms.DateTimeField):
        return {"invalid": _say("not_a_moment")}
    if isinstance(field, forms.MultipleChoiceField):
        return {"required": _say("empty"), "invalid_list": _say("empty")}
    if isinstance(field, forms.RegexField):
        return {"invalid": _say("code_letters"), "max_length": _say("too_long", longest=field.max_length)}
    if isinstance(field, forms.CharField) and field.max_length:
        return {"max_length": _say("too_long", longest=field.max_length)}
    return {}
