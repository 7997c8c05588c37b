"""The board: on the contest's page, on the projector, and as JSON for who can't open a socket."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lms.people.models import Member
from lms.people.views.access import MemberRequest, signed_in
from quizzes.engine.board import ALL_ROUNDS
from quizzes.live.kept import Kept, Rendered
from quizzes.live.protocol import OwnFrame
from quizzes.live.shelf import shelf
from quizzes.live.token import Seat, board_address, make_token
from quizzes.models import Contest, ContestState, Round
from quizzes.queries import contest_for
from quizzes.queries.cards import COMING, OPEN, round_state

_COMPARATORS = {"score": _("points"), "duration": _("time taken"), "submitted_at": _("earlier submission")}


@dataclass(frozen=True)
class Tab:
    title: str
    url: str
    current: bool


@dataclass(frozen=True)
class BoardPart:
    """What `quizzes/_board.html` shows."""

    contest: Contest
    round: Round | None  # None = all rounds together
    shared: Rendered
    own: OwnFrame
    kept: Kept
    number: int
    token: str
    tabs: list[Tab]

    @property
    def order(self) -> list[str]:
        return [str(_COMPARATORS[name]) for name in self.kept.rules.comparators]

    @property
    def units_by(self) -> str:
        return self.kept.rules.unit_ranking

    @property
    def over(self) -> bool:
        """Whether nothing can move any more: after the last minute the grace and the server's closing still do."""
        rounds = [self.round] if self.round else self.contest.rounds.all()
        return self.contest.state == ContestState.OFFICIAL or all(one.closed_at for one in rounds)

    @property
    def own_is_listed(self) -> bool:
        row = self.own["row"]
        return row is not None and any(one["key"] == row["key"] for one in self.shared.frame["people"] or ())

    @property
    def feed_url(self) -> str:
        return board_address(self.contest.pk, self.number)

    @property
    def own_url(self) -> str:
        return _url("quizzes:board_own", self.contest, self.number)

    @property
    def page_url(self) -> str:
        return _url("quizzes:board", self.contest, self.number)


def board_part(request: MemberRequest, contest: Contest, now: datetime, *, view: str = "quizzes:board") -> BoardPart:
    """The board of the round that `?round=` asks for, else of the one that matters now; its tabs lead to `view`."""
    member = request.user
    number = _number(request, contest, now)
    kept = shelf.current(contest)
    return BoardPart(
        contest=contest,
        round=next((one for one in contest.rounds.all() if one.number == number), None),
        shared=kept.rendered(number, now),
        own=kept.own_frame(number, member.pk, now),
        kept=kept,
        number=number,
        token=make_token(Seat(contest.pk, number, member.pk), now=now),
        tabs=_tabs(contest, number, view),
    )


@signed_in
@require_safe
def board(request: MemberRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    contest = contest_for(request.user, slug, now)
    return render(request, "quizzes/board.html", {"contest": contest, "board": board_part(request, contest, now)})


@require_safe
def board_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The way to the shared frame, for who knows the contest only: it lies where a CDN can hold it."""

    def respond(_member: Member, contest: Contest, number: int, _now: datetime) -> HttpResponseBase:
        response = HttpResponseRedirect(board_address(contest.pk, number))
        response["Cache-Control"] = "no-store"
        return response

    return _json(request, slug, respond)


@require_safe
def board_own(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The asker's own frame, and a fresh ticket for a socket."""

    def respond(member: Member, contest: Contest, number: int, now: datetime) -> HttpResponseBase:
        kept = shelf.current(contest)
        token = make_token(Seat(contest.pk, number, member.pk), now=now)
        response = JsonResponse({"own": kept.own_frame(number, member.pk, now), "token": token})
        response["Cache-Control"] = "no-store"
        return response

    return _json(request, slug, respond)


_Respond = Callable[[Member, Contest, int, datetime], HttpResponseBase]


def _json(request: HttpRequest, slug: str, respond: _Respond) -> HttpResponseBase:
    """A script gets 401, no login page, when nobody is signed in."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed out"}, status=401)
    assert isinstance(request.user, Member)
    member, now = request.user, timezone.now()
    contest = contest_for(member, slug, now)
    return respond(member, contest, _number(request, contest, now), now)


def _number(request: HttpRequest, contest: Contest, now: datetime) -> int:
    """The round asked for; 404 for one that doesn't exist, and for a contest without rounds."""
    rounds = sorted(contest.rounds.all(), key=lambda one: one.number)
    if not rounds:
        raise Http404("a draft has no board")
    asked = request.GET.get("round")
    if asked is None:
        return _number_of_now(rounds, now)
    numbers = {str(one.number): one.number for one in rounds} | {str(ALL_ROUNDS): ALL_ROUNDS}
    if asked not in numbers:
        raise Http404("no such round")
    return numbers[asked]


def _number_of_now(rounds: list[Round], now: datetime) -> int:
    """The open round, else the latest one that has been, else the first."""
    begun = [one for one in rounds if round_state(one, now) != COMING]
    opened = [one for one in begun if round_state(one, now) == OPEN]
    return (opened or begun[-1:] or rounds)[0].number


def _tabs(contest: Contest, number: int, view: str) -> list[Tab]:
    rounds = sorted(contest.rounds.all(), key=lambda one: one.number)
    if len(rounds) < 2:
        return []
    named = [(one.number, one.title) for one in rounds] + [(ALL_ROUNDS, str(_("All rounds")))]
    return [Tab(title, _url(view, contest, one), one == number) for one, title in named]


def _url(view: str, contest: Contest, number: int) -> str:
    return f"{reverse(view, args=[contest.slug])}?{urlencode({'round': number})}"
