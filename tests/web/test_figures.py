"""What /metrics will show: counts of this process, in Prometheus' plain text."""

from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from lms.web import figures

PAGE = Path(__file__).resolve().parents[2] / "docs" / "figures.md"


def samples() -> dict[tuple[str, tuple[str, ...]], float]:
    text = figures.as_text().decode()
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_counts_add_up_and_a_histogram_keeps_the_sum() -> None:
    before = samples()

    figures.answers_accepted.inc(3)
    figures.answers_refused.labels("late").inc()
    figures.batch_answers.observe(3)
    figures.sockets.labels("attempt").inc()
    figures.sockets.labels("attempt").dec()

    after = samples()
    assert after["benhoc_answers_accepted_total", ()] - before["benhoc_answers_accepted_total", ()] == 3
    assert after["benhoc_answers_refused_total", ("late",)] >= 1
    assert after["benhoc_batch_answers_sum", ()] - before["benhoc_batch_answers_sum", ()] == 3
    assert ("benhoc_sockets", ("attempt",)) in after


def test_every_figure_of_ours_is_named_with_its_unit_and_without_time_of_birth() -> None:
    names = {name for name, _ in samples() if name.startswith("benhoc_")}

    assert {"benhoc_batch_seconds_count", "benhoc_board_age_seconds_count", "benhoc_intake_waiting"} <= names
    assert not [name for name in names if name.endswith("_created")]


def test_the_page_about_figures_has_a_line_for_each() -> None:
    families = [family.name for family in text_string_to_metric_families(figures.as_text().decode())]
    page = PAGE.read_text()

    assert [name for name in families if name.startswith("benhoc_") and f"`{name}" not in page] == []
