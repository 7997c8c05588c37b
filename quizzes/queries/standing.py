"""How an attempt stands, for the page that shows it: what is saved, how much time, whether it has ended."""

from dataclasses import dataclass
from datetime import datetime

from quizzes.models import Answer, Attempt, LateAnswer


@dataclass(frozen=True)
class Standing:
    deadline_at: datetime
    submitted: bool
    questions: int
    answers: tuple[tuple[int, int, tuple[str, ...]], ...]  # (place, seq, options), nothing of right and wrong
    late: int

    @property
    def answered(self) -> int:
        return sum(1 for _, _, options in self.answers if options)


def standing_of(attempt_id: int) -> Standing:
    """Attempt.DoesNotExist for an unknown one. Three queries."""
    attempt = Attempt.objects.only("deadline_at", "submitted_at", "paper").get(pk=attempt_id)
    saved = Answer.objects.filter(attempt=attempt).order_by("place").values_list("place", "seq", "given")
    late = LateAnswer.objects.filter(attempt=attempt).values("place").distinct().count()
    return Standing(
        deadline_at=attempt.deadline_at,
        submitted=attempt.submitted_at is not None,
        questions=len(attempt.paper),
        answers=tuple((place, seq, tuple(given)) for place, seq, given in saved),
        late=late,
    )
