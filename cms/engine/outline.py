"""A course as a reader sees it: its lessons in order, what is done, where she is."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    key: str  # "lesson:<uuid>"
    title: str
    url: str
    minutes: int
    done: bool = False
    read: bool = False
    check_passed: bool = False
    position: str = ""  # id of the block last seen

    @property
    def resume_url(self) -> str:
        return f"{self.url}#b-{self.position}" if self.position else self.url


@dataclass(frozen=True)
class Outline:
    rows: list[Row] = field(default_factory=list)
    done: int = 0
    percent: int = 0
    minutes_left: int = 0
    go_on: Row | None = None
    completed: bool = False

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def begun(self) -> bool:
        return self.done > 0 or any(row.position or row.read for row in self.rows)

    def around(self, key: str) -> tuple[int, Row | None, Row | None]:
        """The number of the lesson (0 when it isn't among them), the one before and the one after."""
        at = next((index for index, row in enumerate(self.rows) if row.key == key), None)
        if at is None:
            return 0, None, None
        before = self.rows[at - 1] if at else None
        after = self.rows[at + 1] if at + 1 < len(self.rows) else None
        return at + 1, before, after

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows if row.key == key), None)
