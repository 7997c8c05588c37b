"""Doors to what is waiting for a yes."""

from django.http import Http404

from lms.imports.models import Batch


def batch_for(member_id: int, batch_id: int, kind: str) -> Batch:
    """The batch, if this person made it; else 404."""
    batch = Batch.objects.filter(pk=batch_id, kind=kind, made_by_id=member_id).first()
    if batch is None:
        raise Http404("no such batch of this person")
    return batch
