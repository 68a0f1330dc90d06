"""Check coded fields by columns: each distinct question is asked once, across all batches.

The same check runs over a file here and over the Arrow batches of a cluster: columns in, columns out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from maksa.audit.batch import FIELDS
from maksa.audit.damage import DAMAGE
from maksa.errors import BadParameter
from maksa.model.edition import EditionRef
from maksa.model.jalali import parse_day, today
from maksa.model.service import TerminologyService
from maksa.model.verdict import Coding, Triple, Verdict

VERDICT_COLUMNS: dict[str, type[pl.DataType]] = {
    "valid": pl.Boolean,
    "severity": pl.String,
    "issue": pl.String,
    "issues": pl.String,
    "message": pl.String,
    "canonical_terminology": pl.String,
    "canonical_code": pl.String,
    "canonical_display": pl.String,
    "edition": pl.String,
    "suggested_terminology": pl.String,
    "suggested_code": pl.String,
    "suggested_display": pl.String,
    "candidates": pl.String,
}
"""What is said of a row. `severity` is the gravest, `issue` the first (an error names the cause), `issues` all
codes parted by spaces, `message` all sentences, `candidates` codings parted by ` | `."""

REMEMBERED = 200_000
"""Distinct questions whose verdicts are kept between batches."""
_ASKED_AT_ONCE = 8_192
"""Questions in one call of the service: verdicts are large until they are columns."""
_LONG = 1_000
"""Bytes of a question beyond which it is not kept: a title is never so long."""

_Record = tuple[bool | str | None, ...]


class Judged(NamedTuple):
    """A batch, the place of each row's verdict, and the verdicts that are kept at the time."""

    rows: pl.DataFrame
    places: pl.Series
    verdicts: pl.DataFrame

    def all(self) -> pl.DataFrame:
        """Give every row with its verdict."""
        return self.rows.hstack(self.verdicts[self.places])

    def failing(self) -> pl.DataFrame:
        """Give the rows that are not valid, with their verdicts."""
        failing = ~self.verdicts.get_column("valid").gather(self.places)
        return self.rows.filter(failing).hstack(self.verdicts[self.places.filter(failing)])

    def counts(self, *columns: str) -> pl.DataFrame:
        """Count the rows by some of the verdicts' columns: these columns, and `rows`."""
        counted = self.places.value_counts(name="rows")
        verdicts = self.verdicts.select(columns)[counted.get_column(self.places.name)]
        return verdicts.with_columns(counted.get_column("rows")).group_by(columns).agg(pl.col("rows").sum())


class TripleCheck:
    """Judges batches with the columns `FIELDS` (text; value and on may be left out); other columns stay.

    A row's own day goes before `on`; without both it is today. A day that cannot be read fails with `bad-date`,
    and a row that its reader found damaged (`damage.DAMAGE`) with that.
    Memory: the verdicts of some `remembered` distinct questions, whatever comes. `asked` counts the questions
    that were put to the service: the distinct ones, as long as none was forgotten and came again.
    """

    def __init__(
        self,
        service: TerminologyService,
        *,
        on: date | None = None,
        language: str = "en",
        remembered: int = REMEMBERED,
    ) -> None:
        """Ask a service; sentences come in one language, `fa` or `en`."""
        self._service = service
        self._on = today() if on is None else on
        self._language = language
        self._remembered = remembered
        self._keys = pl.DataFrame(schema={**dict.fromkeys(FIELDS, pl.String), "place": pl.UInt32})
        self._verdicts = pl.DataFrame(schema=VERDICT_COLUMNS)
        self._last_used = pl.Series("last", dtype=pl.Int64)
        self._batch = 0
        self.asked = 0
        self.editions: dict[EditionRef, None] = {}

    def check(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Give the rows, in their order, with the columns `VERDICT_COLUMNS` beside."""
        return self.judge(rows).all()

    def judge(self, rows: pl.DataFrame) -> Judged:
        """Judge a batch. Raises: EditionUnreadable. Cost: one question of the service for each new triple."""
        self._batch += 1
        absent = [
            pl.lit(None, dtype=pl.String).alias(name) for name in FIELDS[2:] if name not in rows.columns
        ]
        questions = rows.with_columns(absent).select(FIELDS)
        places = self._places_of(questions)
        if places.has_nulls():
            self._ask(questions.filter(places.is_null()).unique(maintain_order=True))
            places = self._places_of(questions)
        judged = Judged(rows, places, self._verdicts)
        self._forget(places)
        return self._with_damage(judged) if DAMAGE in rows.columns else judged

    def _with_damage(self, judged: Judged) -> Judged:
        """Let what the file has damaged be said of a row, whatever the service says of what is left of it."""
        said = pl.col(f"{DAMAGE}_{self._language}").alias("refusal")
        damaged = judged.rows.with_row_index("at").filter(pl.col(DAMAGE).is_not_null()).with_columns(said)
        first = judged.verdicts.height
        own = pl.int_range(first, first + damaged.height, dtype=pl.UInt32, eager=True)
        places = judged.places.scatter(damaged.get_column("at"), own)
        verdicts = pl.concat([judged.verdicts, _refused(damaged, pl.col(DAMAGE))])
        return Judged(judged.rows, places, verdicts)

    def _places_of(self, questions: pl.DataFrame) -> pl.Series:
        joined = questions.join(self._keys, on=FIELDS, how="left", nulls_equal=True, maintain_order="left")
        return joined.get_column("place")

    def _ask(self, questions: pl.DataFrame) -> None:
        """Put new questions to the service, and keep them with their verdicts."""
        days = self._days(questions.get_column("on").unique())
        dated = questions.join(days, on="on", how="left", nulls_equal=True, maintain_order="left")
        refused = dated.filter(pl.col("refusal").is_not_null())
        parts, verdicts = [refused], [_refused(refused, pl.lit("bad-date"))]
        for of_day in dated.filter(pl.col("refusal").is_null()).partition_by("day"):
            for part in of_day.iter_slices(_ASKED_AT_ONCE):
                triples = [Triple(*fields) for fields in part.select(FIELDS[:3]).iter_rows()]
                parts.append(part)
                verdicts.append(self._columns(self._service.validate_all(triples, on=part.item(0, "day"))))
        first, number = self._keys.height, questions.height
        places = pl.int_range(first, first + number, dtype=pl.UInt32, eager=True).alias("place")
        self._keys = pl.concat([self._keys, pl.concat(parts).select(FIELDS).with_columns(places)])
        self._verdicts = pl.concat([self._verdicts, *verdicts])
        self._last_used = self._last_used.extend_constant(self._batch, number)
        self.asked += number

    def _forget(self, places: pl.Series) -> None:
        """Keep the questions of late batches when there are too many, and never a long one."""
        self._last_used = self._last_used.scatter(places.unique(), self._batch)
        length = pl.sum_horizontal(pl.col(name).str.len_bytes() for name in FIELDS)
        kept = self._keys.select(length <= _LONG).to_series().arg_true()
        if kept.len() > self._remembered:
            order = self._last_used.gather(kept).arg_sort(descending=True)
            kept = kept.gather(order.head(self._remembered)).sort()
        if kept.len() < self._keys.height:
            places = pl.int_range(kept.len(), dtype=pl.UInt32, eager=True).alias("place")
            self._keys = self._keys[kept].with_columns(places)
            self._verdicts = self._verdicts[kept]
            self._last_used = self._last_used.gather(kept)

    def _days(self, texts: pl.Series) -> pl.DataFrame:
        """Read the days of rows: for each text its `day`, or the `refusal` of one that is no day."""
        rows: list[tuple[str | None, date | None, str | None]] = []
        for text in texts:
            if text is None or not text.strip():
                rows.append((text, self._on, None))
                continue
            try:
                rows.append((text, parse_day(text, parameter="On"), None))
            except BadParameter as error:
                said = (error.text, *(() if error.mend is None else (error.mend,)))
                rows.append((text, None, " ".join(one.in_language(self._language) for one in said)))
        return pl.DataFrame(rows, {"on": pl.String, "day": pl.Date, "refusal": pl.String}, orient="row")

    def _columns(self, verdicts: Sequence[Verdict]) -> pl.DataFrame:
        columns = zip(*map(self._record, verdicts), strict=True)
        return pl.DataFrame(dict(zip(VERDICT_COLUMNS, columns, strict=True)), schema=VERDICT_COLUMNS)

    def _record(self, verdict: Verdict) -> _Record:
        edition = verdict.edition
        if edition is not None:
            self.editions[edition] = None
        known = (verdict.terminology, verdict.code, verdict.display, edition.edition if edition else None)
        if not verdict.issues:
            return (True, None, None, None, None, *known, None, None, None, None)
        issues = verdict.issues
        suggestion = next((one.suggestion for one in issues if one.suggestion is not None), None)
        candidates = next((one.candidates for one in issues if one.candidates), ())
        return (
            verdict.valid,
            "warning" if verdict.valid else "error",
            issues[0].code,
            " ".join(one.code for one in issues),
            " ".join(one.text.in_language(self._language) for one in issues),
            *known,
            *((suggestion.terminology, suggestion.code, suggestion.display) if suggestion else (None,) * 3),
            " | ".join(map(_shown, candidates)) or None,
        )


def _refused(rows: pl.DataFrame, issue: pl.Expr) -> pl.DataFrame:
    """Give the verdicts of rows that cannot be asked: an issue, and what their column `refusal` says."""
    said = {
        "valid": pl.lit(value=False),
        "severity": pl.lit("error"),
        "issue": issue,
        "issues": issue,
        "message": pl.col("refusal"),
        "canonical_terminology": pl.col("terminology"),
        "canonical_code": pl.col("code"),
    }
    empty = pl.lit(None, dtype=pl.String)
    return rows.select(said.get(name, empty).alias(name) for name in VERDICT_COLUMNS)


def _shown(coding: Coding) -> str:
    return " ".join(filter(None, (coding.terminology, coding.code, coding.display)))
