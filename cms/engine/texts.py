"""Several rich texts as one, so that their links are looked up together, and apart again."""

_CUT = "<!--benhoc-->"


def joined(texts: list[str]) -> str:
    return _CUT.join(text.replace(_CUT, "") for text in texts)


def parted(text: str) -> list[str]:
    return text.split(_CUT)
