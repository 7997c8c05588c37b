""" "Báo Ban Tổ chức": what an entrant reports about one attempt."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.actions.refusal import Refused
from quizzes.models import Attempt, Incident

MOST = 5
MAX_TEXT = 2000


def report_incident(attempt: Attempt, *, text: str, on_phone: int, now: datetime) -> Incident:
    """Keep the report for the organisers; pressing twice reports once, and a few reports are enough."""
    with transaction.atomic():
        Attempt.objects.select_for_update().get(pk=attempt.pk)
        earlier = list(attempt.incidents.order_by("-pk"))
        if earlier and (earlier[0].text, earlier[0].on_phone) == (text, on_phone):
            return earlier[0]
        if len(earlier) >= MOST:
            raise Refused(_("You have already reported this attempt several times. The organisers will read it."))
        return Incident.objects.create(attempt=attempt, text=text, on_phone=on_phone, reported_at=now)
