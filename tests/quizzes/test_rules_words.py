"""The thể lệ says what the machine does: one sentence for every line, in Vietnamese."""

from hypothesis import given, settings

from quizzes.engine.rules import Rules, parse
from quizzes.engine.rules_text import sections
from quizzes.forms.rules_words import worded
from tests.quizzes.makers import rules_document
from tests.quizzes.test_engine_rules import any_rules


@given(any_rules())
@settings(max_examples=200)
def test_every_line_of_any_rules_has_its_sentence(rules: Rules) -> None:
    lines = [line for section in worded(rules) for line in section.lines]
    assert len(lines) == sum(len(section.lines) for section in sections(rules))
    assert all("%(" not in line for line in lines)


def test_the_text_states_times_numbers_and_classes_in_vietnamese() -> None:
    rules = parse(rules_document(questions=15, points_wrong="-0.5", eligible=["full_time", "member"]))
    text = " ".join(line for section in worded(rules) for line in section.lines)
    for part in ("12:00 06/05/2025", "12:00 08/05/2025", "15 câu", "15 phút", "0,5 điểm", "15 giây", "2 lượt"):
        assert part in text
