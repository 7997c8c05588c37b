"""A self-check question as plain values."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    id: str
    text: str
    options: tuple[tuple[str, str], ...]  # (id, text)
    right: str  # id of the right option
    explanation: str

    def is_right(self, option_id: str) -> bool:
        return option_id == self.right

    def knows(self, option_id: str) -> bool:
        return any(option_id == known for known, _ in self.options)


def question_of(block: Any) -> Question:
    """From a bound `SelfCheck` block of a stream."""
    children = list(block.value["options"].bound_blocks)
    right = next((child.id for child in children if child.value["is_right"]), "")
    return Question(
        id=block.id,
        text=block.value["question"],
        options=tuple((child.id, child.value["text"]) for child in children),
        right=right,
        explanation=getattr(block.value["explanation"], "source", ""),
    )
