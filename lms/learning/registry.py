"""What upper packages want to hear of the ledger. They register in `AppConfig.ready()`; none is imported here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lms.learning.models import Activity, Completion

Completed = Callable[[Sequence[Completion]], None]  # several people's of one activity
Retagged = Callable[[Activity], None]


@dataclass
class Listeners:
    """Called inside the transaction that wrote the row, so that what they keep can't differ from it."""

    completed: list[Completed] = field(default_factory=list)
    retagged: list[Retagged] = field(default_factory=list)

    def tell_completed(self, completions: Sequence[Completion]) -> None:
        for listen in self.completed:
            listen(completions)

    def tell_retagged(self, activity: Activity) -> None:
        for listen in self.retagged:
            listen(activity)


listeners = Listeners()
