"""A table as people paste it: a line a row, cells divided by a tab or "|"."""


def cells(text: str) -> list[list[str]]:
    """Rows of equal length; blank lines are dropped."""
    rows = [_split(line) for line in text.splitlines() if line.strip()]
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _split(line: str) -> list[str]:
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
