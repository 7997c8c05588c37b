import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.files.engine.ranges import Slice, Unsatisfiable, same_version, wanted_slice


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("bytes=0-99", Slice(0, 99)),
        ("bytes=900-", Slice(900, 999)),
        ("bytes=-100", Slice(900, 999)),
        ("bytes=-5000", Slice(0, 999)),
        ("bytes=990-5000", Slice(990, 999)),
        ("bytes=5-4", None),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("lines=1-2", None),
        ("bytes=a-b", None),
        ("bytes=" + "9" * 5000 + "-", None),
        ("bytes=-" + "9" * 5000, None),
    ],
)
def test_wanted_slice(header: str | None, expected: Slice | None) -> None:
    assert wanted_slice(header, 1000) == expected


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-1001", "bytes=-0"])
def test_a_range_behind_the_end_is_unsatisfiable(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        wanted_slice(header, 1000)


@given(st.integers(1, 10_000), st.integers(0, 20_000), st.integers(0, 20_000))
def test_a_slice_lies_within_the_file(size: int, first: int, last: int) -> None:
    try:
        part = wanted_slice(f"bytes={first}-{last}", size)
    except Unsatisfiable:
        assert first >= size
    else:
        assert part is None or (0 <= part.start <= part.end < size and part.length == part.end - part.start + 1)


def test_a_part_is_only_sent_for_the_same_version() -> None:
    assert same_version(None, '"a"', "Sun, 01 Nov 2026 00:00:00 GMT")
    assert same_version('"a"', '"a"', "Sun, 01 Nov 2026 00:00:00 GMT")
    assert not same_version('"b"', '"a"', "Sun, 01 Nov 2026 00:00:00 GMT")
    assert not same_version('W/"a"', '"a"', "Sun, 01 Nov 2026 00:00:00 GMT")
