"""Figures of operation, one registry an application, in the text form of Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds: a lookup takes less than the first, a batch of 1,000 stands in the middle."""


class Metrics:
    """Count requests by door, route, method and status, and time them. Routes are templates, so labels are few."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "maksa_requests",
            "Requests answered.",
            ("door", "route", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "maksa_request_seconds",
            "Seconds until a request was answered.",
            ("door",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._open = Gauge("maksa_requests_open", "Requests being answered now.", registry=self._registry)
        self._faults = Counter("maksa_faults", "Requests that met a fault of ours.", registry=self._registry)

    def begin(self) -> None:
        """Note that a request began."""
        self._open.inc()

    def end(self, *, door: str, route: str, method: str, status: int, seconds: float) -> None:
        """Note that a request ended."""
        self._open.dec()
        self._requests.labels(door, route, method, str(status)).inc()
        self._seconds.labels(door).observe(seconds)

    def fault(self) -> None:
        """Note a fault of ours."""
        self._faults.inc()

    def render(self) -> bytes:
        """Give all figures in the text form of Prometheus."""
        return generate_latest(self._registry)
