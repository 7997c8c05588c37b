"""People's names as they may be shown to others."""


def masked_name(full_name: str) -> str:
    """The name with only the first letter of the given name: "Nguyễn Thị Hoa" -> "Nguyễn Thị H***"."""
    *before, given = full_name.split(" ")
    return " ".join([*before, f"{given[:1]}***"])


def initials(full_name: str) -> str:
    """Two letters for a round badge: first letters of the last two words ("Nguyễn Thị Hoa" -> "TH")."""
    return "".join(word[:1] for word in full_name.split()[-2:]).upper()
