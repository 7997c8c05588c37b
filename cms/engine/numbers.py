"""Small numbers as words in a headline."""

_VI = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def in_words(number: int, language: str) -> str:
    """3 -> "ba" in Vietnamese; figures in other languages and above ten."""
    return _VI[number] if language == "vi" and 0 <= number < len(_VI) else str(number)
