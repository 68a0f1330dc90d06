"""Figures of operation, one registry an application, in the text form of Prometheus.

What every request adds to is counted in plain numbers, in the event loop alone, and becomes families of the client
library only when it is asked for: so counting costs less than a microsecond a request.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds: a lookup takes less than the first, a batch of 1,000 stands in the middle."""


class Metrics:
    """Count requests by door, route, method and status, and time them. Routes are templates, so labels are few."""

    def __init__(self) -> None:
        self._requests: dict[tuple[str, str, str, int], int] = {}
        self._times: dict[str, _Times] = {}
        self._open = 0
        self._faults = 0
        self._refused = 0
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def begin(self) -> None:
        """Note that a request began."""
        self._open += 1

    def end(self, *, door: str, route: str, method: str, status: int, seconds: float) -> None:
        """Note that a request ended."""
        self._open -= 1
        key = (door, route, method, status)
        self._requests[key] = self._requests.get(key, 0) + 1
        times = self._times.get(door)
        if times is None:
            times = self._times[door] = _Times()
        times.add(seconds)

    def fault(self) -> None:
        """Note a fault of ours."""
        self._faults += 1

    def refused(self, count: int) -> None:
        """Note how many files of the shelf are refused now."""
        self._refused = count

    def render(self) -> bytes:
        """Give all figures in the text form of Prometheus."""
        return generate_latest(self._registry)

    def collect(self) -> Iterable[Metric]:
        """Give all figures as families (the registry asks for them)."""
        labels = ("door", "route", "method", "status")
        requests = CounterMetricFamily("maksa_requests", "Requests answered.", labels=labels)
        for (door, route, method, status), count in self._requests.items():
            requests.add_metric((door, route, method, str(status)), count)
        seconds = HistogramMetricFamily(
            "maksa_request_seconds", "Seconds until a request was answered.", labels=("door",)
        )
        for door, times in self._times.items():
            seconds.add_metric((door,), times.buckets(), times.total)
        yield requests
        yield seconds
        yield GaugeMetricFamily("maksa_requests_open", "Requests being answered now.", self._open)
        yield GaugeMetricFamily("maksa_files_refused", "Files of the shelf that are refused.", self._refused)
        yield CounterMetricFamily("maksa_faults", "Requests that met a fault of ours.", self._faults)


class _Times:
    """How many answers took how long."""

    __slots__ = ("_counts", "total")

    def __init__(self) -> None:
        self._counts = [0] * (len(_BUCKETS) + 1)
        self.total = 0.0

    def add(self, seconds: float) -> None:
        self._counts[bisect_left(_BUCKETS, seconds)] += 1
        self.total += seconds

    def buckets(self) -> list[tuple[str, float]]:
        """Give each bound with the number of answers up to it."""
        reached = 0
        found: list[tuple[str, float]] = []
        for bound, count in zip((*map(str, _BUCKETS), "+Inf"), self._counts, strict=True):
            reached += count
            found.append((bound, reached))
        return found
