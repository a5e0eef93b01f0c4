"""Figures for Prometheus: gathered when they are asked for, from the database, so that any process knows them all."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from reminderbot.services.vitals import Figures

COUNTED = {
    "sends": ("outcome", "Calls that messages and edits were sent with, by what became of them"),
    "updates": ("kind", "Updates from Telegram that were taken in hand, by their kind"),
    "triage": ("level", "Messages of people that were triaged, by the level that was found"),
}
"""What is counted (``services.counting``): the label of its kinds, and what it says of itself."""


class _Gathered(Collector):
    """Figures in the shape that the library wants."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        figures = self._figures
        yield _gauge("due_lag_seconds", "Since the oldest reminder that is not out was due", figures.due_lag)
        depth = _labelled("lane_depth", "Rows that could go out now, by lane", "lane")
        for lane, rows in figures.waiting.items():
            depth.add_metric([lane.name.lower()], rows)
        yield depth
        cases = _labelled("cases", "Cases that are not closed, by state", "state")
        for state, many in figures.cases.items():
            cases.add_metric([state.value], many)
        yield cases
        yield _gauge(
            "case_unacknowledged_seconds",
            "Age of the oldest case that nobody has acknowledged",
            figures.unacknowledged,
        )
        yield from self._counters()

    def _counters(self) -> Iterator[Metric]:
        for what, (label, told) in COUNTED.items():
            counter = CounterMetricFamily(f"reminderbot_{what}", told, labels=[label])
            for (counted, kind), times in sorted(self._figures.counts.items()):
                if counted == what:
                    counter.add_metric([kind], times)
            yield counter


def page(figures: Figures) -> bytes:
    """The figures in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(_Gathered(figures))
    return generate_latest(registry)


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"reminderbot_{name}", told, value)


def _labelled(name: str, told: str, label: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"reminderbot_{name}", told, labels=[label])
