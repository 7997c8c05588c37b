"""Staging what a file says until a person has looked at it."""

from datetime import datetime, timedelta
from typing import Any

from lms.imports.models import Batch

KEPT_DAYS = 7  # a preview that nobody commits


def stage(kind: str, filename: str, payload: Any, *, by_id: int, now: datetime) -> Batch:
    """Keep `payload` (JSON values) for its preview; drops what has waited for more than a week."""
    Batch.objects.filter(committed_at__isnull=True, created_at__lt=now - timedelta(days=KEPT_DAYS)).delete()
    return Batch.objects.create(kind=kind, filename=filename[:200], payload=payload, made_by_id=by_id, created_at=now)


def mark_committed(batch: Batch, result: dict[str, Any], *, now: datetime) -> None:
    """Remember when and with what result the batch was written; its payload is no longer needed."""
    batch.committed_at, batch.result, batch.payload = now, result, []
    batch.save(update_fields=["committed_at", "result", "payload"])
