"""Erasing a person or merging two accounts must reach every row that names them (lms.people.registry)."""

from django.apps import apps
from django.db import models

from lms.people.models import Member, Unit
from lms.people.registry import registry


def test_every_model_with_a_key_to_a_member_or_a_unit_is_registered() -> None:
    keyed = {model._meta.label for model in apps.get_models() if _points_at_people(model)}

    missing = sorted(keyed - registry.covered_models())
    assert not missing, "\n".join(missing)


def test_nothing_is_registered_that_does_not_exist() -> None:
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}

    assert sorted(registry.covered_models() - known) == []


def _points_at_people(model: type[models.Model]) -> bool:
    keys = [field for field in model._meta.local_fields if isinstance(field, models.ForeignKey)]
    return any(key.related_model in (Member, Unit) for key in keys)
