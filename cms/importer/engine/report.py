"""What an import did, for the person who asked for it and for the trace."""

from dataclasses import dataclass, field

from cms.importer.engine.document import Doubt


@dataclass(frozen=True)
class KeptPassage:
    """A passage that a person has edited and whose document text has changed since."""

    lesson: str
    text: str


@dataclass
class Outcome:
    """What happened to the passages of one lesson."""

    added: int = 0
    renewed: int = 0
    dropped: int = 0
    same: int = 0
    kept: list[str] = field(default_factory=list)
    changed: bool = False


@dataclass
class Report:
    course_id: int
    is_new: bool
    doubts: list[Doubt] = field(default_factory=list)
    lessons: int = 0
    added: int = 0
    renewed: int = 0
    dropped: int = 0
    same: int = 0
    kept: list[KeptPassage] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)  # lessons whose heading the document no longer has

    def note(self, outcome: Outcome, lesson: str = "") -> None:
        self.lessons += 1
        self.added += outcome.added
        self.renewed += outcome.renewed
        self.dropped += outcome.dropped
        self.same += outcome.same
        self.kept += [KeptPassage(lesson, text) for text in outcome.kept]

    def counts(self) -> dict[str, int]:
        """Figures for the trace: no text of anybody."""
        names = ("lessons", "added", "renewed", "dropped", "same")
        return {name: getattr(self, name) for name in names} | {"kept": len(self.kept)}
