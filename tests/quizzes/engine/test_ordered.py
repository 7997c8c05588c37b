from bisect import bisect_left

from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine import ordered
from quizzes.engine.ordered import Ordered


@given(st.sets(st.integers(0, 300)), st.lists(st.integers(0, 300), max_size=120), st.integers(-1, 301))
def test_ordered_is_a_sorted_list_whatever_comes_and_goes(begin, toggled, asked):
    full, ordered.FULL = ordered.FULL, 4
    try:
        numbers, plain = Ordered(begin), set(begin)
        for number in toggled:
            if number in plain:
                plain.remove(number)
                numbers.remove(number)
            else:
                plain.add(number)
                numbers.add(number)
        expected = sorted(plain)
        assert (list(numbers), len(numbers), numbers.first(5)) == (expected, len(expected), expected[:5])
        assert numbers.smaller_than(asked) == bisect_left(expected, asked)
    finally:
        ordered.FULL = full
