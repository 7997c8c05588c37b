"""A unit's place in the tree as text: six digits a level, so that a subtree is one range and any collation sorts it.

"000001000014000123" is unit 123 under unit 14 under unit 1.
"""

WIDTH = 6
MAX_UNIT = 10**WIDTH - 1


def child_path(parent: str, unit_id: int) -> str:
    """The path of `unit_id` directly below `parent` ("" at the top). ValueError past 999,999 units."""
    if not 0 < unit_id <= MAX_UNIT:
        raise ValueError(f"unit id {unit_id} does not fit a path")
    return f"{parent}{unit_id:0{WIDTH}d}"


def unit_ids(path: str) -> list[int]:
    """Units on the way from the top to the unit itself."""
    return [int(path[at : at + WIDTH]) for at in range(0, len(path), WIDTH)]


def last_unit(path: str) -> int:
    """The unit that the path leads to."""
    return int(path[-WIDTH:])


def within(path: str, root: str) -> bool:
    """Whether `path` is `root` or stands below it."""
    return path.startswith(root)


def subtree_range(root: str) -> tuple[str, str]:
    """Half-open range [low, high) of every path in the subtree of `root`, right under any collation."""
    return root, root + ":"  # ":" follows "9" in ASCII
