"""The figures of one union: for the province, for officers, and the headline alone for members."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lms.coverage.queries.access import Seat, seat_for, start_unit_for
from lms.coverage.queries.dashboard import dashboard
from lms.coverage.views.asking import Asked, asked
from lms.coverage.views.charts import TALL, WIDE, treemap, trend_chart
from lms.coverage.views.reminder import units_reminder
from lms.people.queries.cohorts import pilots_at
from lms.people.views.access import MemberRequest, signed_in


@require_safe
@signed_in
def start(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    unit_id = start_unit_for(request.user, today)
    if unit_id is None:
        return render(request, "coverage/nowhere.html")
    return _show(request, unit_id, today)


@require_safe
@signed_in
def unit(request: MemberRequest, unit_id: int) -> HttpResponse:
    return _show(request, unit_id, timezone.localdate())


def _show(request: MemberRequest, unit_id: int, today: date) -> HttpResponse:
    question = asked(request, today)
    seat = seat_for(request.user, unit_id, question.day, today)
    template = "coverage/dashboard.html" if seat.looks_after else "coverage/own_unit.html"
    return render(request, template, _context(request, seat, question, today))


def _context(request: MemberRequest, seat: Seat, question: Asked, today: date) -> dict[str, object]:
    context: dict[str, object] = {"seat": seat, "question": question, "form": question.form, "today": today}
    if question.choice is None or not seat.existed:
        return context
    board = dashboard(seat, question.choice, question.tiles, question.day, today)
    target = question.choice.target
    return context | {
        "board": board,
        "names_open": seat.looks_after,
        "pilots": pilots_at(seat.version.path, question.day),
        "treemaps": [("map-wide", treemap(board.lines, WIDE)), ("map-phone", treemap(board.lines, TALL))],
        "trend": trend_chart(board.points, float(target.percent) if target else None),
        "reminder": units_reminder(board, question.day, request.build_absolute_uri("/")),
    }
