"""The stream of one lesson: imported passages among whatever people have put between them."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from cms.importer.engine.passages import Passage
from cms.importer.engine.reconcile import Fate, Standing, Step, reconcile
from cms.importer.engine.report import Outcome
from cms.models import LessonPage

TEXT, TABLE = "imported_text", "imported_table"
Block = dict[str, Any]


def new_body(passages: Sequence[Passage], key: str) -> list[tuple[str, dict[str, Any]]]:
    """Blocks of a lesson that is new."""
    return [(_kind(passage), _value(passage, f"{key}#{at}")) for at, passage in enumerate(passages)]


def renew_body(lesson: LessonPage, passages: Sequence[Passage], key: str) -> Outcome:
    """Change `lesson.body` to what the document says now, on the instance only; people's own blocks stay."""
    blocks: list[Block] = list(lesson.body.raw_data)
    imported = [at for at, block in enumerate(blocks) if block["type"] in (TEXT, TABLE)]
    standing = [_standing(blocks[at]) for at in imported]
    outcome = Outcome()
    renewed: list[Block] = blocks[: imported[0]] if imported else list(blocks)
    for step in reconcile(standing, passages):
        renewed += _blocks(step, blocks, imported, key, outcome)
    if outcome.changed:
        lesson.body = lesson.body.stream_block.to_python(renewed)
    return outcome


def _blocks(step: Step, blocks: list[Block], imported: list[int], key: str, outcome: Outcome) -> list[Block]:
    """What stands on the page for one step: the passage itself and the blocks that people put after it."""
    if step.old is None:
        assert step.new is not None
        outcome.added += 1
        outcome.changed = True
        value = _value(step.new, f"{key}#{step.new.first_line}")
        return [{"type": _kind(step.new), "value": value, "id": str(uuid4())}]
    at = imported[step.old]
    following = imported[step.old + 1] if step.old + 1 < len(imported) else len(blocks)
    own, after = blocks[at], blocks[at + 1 : following]
    match step.fate:
        case Fate.SAME:
            outcome.same += 1
        case Fate.KEPT:
            outcome.kept.append(_standing(own).text)
        case Fate.DROPPED:
            outcome.dropped += 1
            outcome.changed = True
            return after
        case _:
            assert step.new is not None
            outcome.renewed += 1
            outcome.changed = True
            value = _value(step.new, own["value"].get("origin", ""))
            own = own | {"type": _kind(step.new), "value": value}
    return [own, *after]


def _kind(passage: Passage) -> str:
    return TABLE if passage.is_table else TEXT


def _value(passage: Passage, origin: str) -> dict[str, Any]:
    shown = {"caption": "", "rows": passage.html, "has_header": False} if passage.is_table else {"text": passage.html}
    original = passage.original if passage.is_mended else ""
    return shown | {"source": passage.html, "origin": origin, "original": original}


def _standing(block: Block) -> Standing:
    value = block["value"]
    text = value.get("rows" if block["type"] == TABLE else "text", "")
    return Standing(text, value.get("source", ""), value.get("original", ""))
