"""Rules that only the whole list shows: replacements and parents, titles that are the same or nearly, what most codes have."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from maksa.intake.sentences import shown
from maksa.model.spelling import deletions, edits
from maksa.registry.quality.gathered import AMOUNT, SAME, WORD, Alike, Gathered
from maksa.registry.quality.of_concept import day_word
from maksa.registry.quality.rules import Rule, Values
from maksa.text import Text

Found = Iterator[tuple[str, Values]]
_MOST_NEAR = 8
"""Words that are one letter from the same word without a letter; further ones are not compared with each other."""
_SHARED = 2
"""Words that two titles share at least where they are called nearly the same."""
_DROPPED = Text("در فهرست تازه نیست", "is not in the new list")
_RETIRED = Text("منسوخ شده است", "is retired")


def dangling_replacement(gathered: Gathered, _rule: Rule) -> Found:
    """Find replacements of codes that end which no code bears."""
    yield from _without_code(gathered, ends=True)


def missing_successor(gathered: Gathered, _rule: Rule) -> Found:
    """Find announced replacements of codes in use which no code bears."""
    yield from _without_code(gathered, ends=False)


def replacement_retired(gathered: Gathered, _rule: Rule) -> Found:
    """Find replacements that end themselves, with nothing behind them."""
    yield from (
        (code, {"other": other})
        for code, other in gathered.rows(
            "SELECT c.code, r.code FROM code c JOIN code r ON r.code = c.replaced_by"
            " WHERE r.ends AND r.replaced_by IS NULL ORDER BY c.number"
        )
    )


def replacement_circle(gathered: Gathered, _rule: Rule) -> Found:
    """Find codes whose replacements never come to an end."""
    edges = "SELECT c.number AS source, r.number AS target FROM code c JOIN code r ON r.code = c.replaced_by"
    yield from _in_circles(gathered, edges)


def unknown_parent(gathered: Gathered, _rule: Rule) -> Found:
    """Find parents that no code bears."""
    yield from (
        (code, {"other": shown(parent)})
        for code, parent in gathered.rows(
            "SELECT c.code, p.code FROM parent p JOIN code c USING (number) LEFT JOIN code known ON known.code = p.code"
            " WHERE c.held AND known.code IS NULL ORDER BY c.number"
        )
    )


def parent_circle(gathered: Gathered, _rule: Rule) -> Found:
    """Find codes whose parents never come to an end."""
    edges = "SELECT p.number AS source, c.number AS target FROM parent p JOIN code c ON c.code = p.code"
    yield from _in_circles(gathered, edges)


def retired_unexplained(gathered: Gathered, _rule: Rule) -> Found:
    """Find codes that this draft ends and says nothing more of."""
    for code, title, held in gathered.rows(
        "SELECT code, title, held FROM code"
        " WHERE ends AND NOT ended AND NOT said AND replaced_by IS NULL ORDER BY number"
    ):
        yield code, {"title": shown(title), "how": _RETIRED if held else _DROPPED}


def transition_gap(gathered: Gathered, _rule: Rule) -> Found:
    """Find replacements that begin later than the day after the last of the code, its window counted."""
    for code, other, last, starts in gathered.rows(
        "SELECT c.code, r.code, max(c.last, coalesce(c.until, c.last)) AS to_the_end, r.starts"
        " FROM code c JOIN code r ON r.code = c.replaced_by"
        " WHERE c.last IS NOT NULL AND r.starts > date(to_the_end, '+1 day') ORDER BY c.number"
    ):
        first, end = date.fromisoformat(starts), date.fromisoformat(last)
        yield code, {"other": other, "last": day_word(end), "starts": day_word(first)}


def english_missing(gathered: Gathered, rule: Rule) -> Found:
    """Find codes without an English title where most have one."""
    count, english = next(gathered.rows("SELECT count(*), total(english) FROM code WHERE held AND NOT ends"))
    if count < rule.parameters["least"] or english < count * rule.parameters["share"]:
        return
    for code, title in gathered.rows(
        "SELECT code, title FROM code WHERE held AND NOT ends AND NOT english ORDER BY number"
    ):
        yield code, {"title": shown(title)}


def duplicate_title(gathered: Gathered, _rule: Rule) -> Found:
    """Find codes that neither their title nor anything else tells from an earlier one."""
    for group in gathered.groups(SAME):
        first: dict[int, str] = {}
        for one in group:
            other = first.setdefault(one.rest, one.code)
            if other != one.code:
                yield one.code, {"other": other, "title": shown(one.title)}


def same_title(gathered: Gathered, _rule: Rule) -> Found:
    """Find codes with the title of an earlier one and other properties."""
    for group in gathered.groups(SAME):
        seen = {group[0].rest}
        for one in group[1:]:
            if one.rest not in seen:
                seen.add(one.rest)
                yield one.code, {"other": group[0].code, "title": shown(one.title)}


def look_alike_amount(gathered: Gathered, _rule: Rule) -> Found:
    """Find titles whose numbers are the same but for points and zeros."""
    for group in gathered.groups(AMOUNT):
        first = group[0]
        yield from (_pair(one, first) for one in group[1:] if one.title != first.title)


def look_alike_title(gathered: Gathered, _rule: Rule) -> Found:
    """Find titles of which one word differs, by one letter or by two digits swapped."""
    for group in gathered.groups(WORD):
        for one, other in _near_words(group):
            code, pair = _pair(one, other)
            yield code, {**pair, "word": one.word, "other_word": other.word}


def look_alike_code(gathered: Gathered, _rule: Rule) -> Found:
    """Find codes that two swapped characters turn into each other, of titles that are the same but for a word."""
    for kind in (SAME, WORD):
        for group in gathered.groups(kind):
            held = {one.code: one for one in group}
            for one in group:
                for swapped in _swapped(one.code):
                    other = held.get(swapped)
                    if (
                        other is not None
                        and swapped < one.code
                        and (kind == SAME or _mostly_same(one, other))
                    ):
                        yield _pair(one, other)


ListRule = Callable[[Gathered, Rule], Found]
LIST_RULES: Mapping[str, ListRule] = {
    "dangling-replacement": dangling_replacement,
    "replacement-circle": replacement_circle,
    "parent-circle": parent_circle,
    "missing-successor": missing_successor,
    "replacement-retired": replacement_retired,
    "retired-unexplained": retired_unexplained,
    "transition-gap": transition_gap,
    "duplicate-title": duplicate_title,
    "unknown-parent": unknown_parent,
    "same-title": same_title,
    "english-missing": english_missing,
    "look-alike-title": look_alike_title,
    "look-alike-amount": look_alike_amount,
    "look-alike-code": look_alike_code,
}
COMPARING = frozenset(
    ("duplicate-title", "same-title", "look-alike-title", "look-alike-amount", "look-alike-code")
)
"""Rules for which titles must be compared with each other."""


def _pair(one: Alike, other: Alike) -> tuple[str, Values]:
    return one.code, {
        "other": other.code,
        "title": shown(one.title),
        "other_title": shown(other.title),
    }


def _without_code(gathered: Gathered, *, ends: bool) -> Found:
    for code, other in gathered.rows(
        "SELECT c.code, c.replaced_by FROM code c LEFT JOIN code r ON r.code = c.replaced_by"
        " WHERE c.held AND c.ends = ? AND c.replaced_by IS NOT NULL AND r.code IS NULL ORDER BY c.number",
        ends,
    ):
        yield code, {"other": shown(other)}


def _mostly_same(one: Alike, other: Alike) -> bool:
    """Tell whether two titles that share all words but one share several; those that share all are told already."""
    return one.word != other.word and len(one.words) > _SHARED


def _swapped(code: str) -> Iterator[str]:
    for place in range(len(code) - 1):
        if code[place] != code[place + 1]:
            yield code[:place] + code[place + 1] + code[place] + code[place + 2 :]


def _near_words(group: list[Alike]) -> Iterator[tuple[Alike, Alike]]:
    """Yield each code of a group with the first before it whose word is nearly the same. Cost: letters of the words."""
    words: dict[str, Alike] = {}
    for one in group:
        words.setdefault(one.word, one)
    meeting: dict[str, list[str]] = {}
    for word, one in words.items():
        near = [word, *sorted(deletions(word))]
        other = next(
            (held for key in near for held in meeting.get(key, ()) if _nearly(word, held)),
            None,
        )
        if other is not None:
            yield one, words[other]
        for key in near:
            met = meeting.setdefault(key, [])
            if len(met) < _MOST_NEAR:
                met.append(word)


def _nearly(word: str, other: str) -> bool:
    if any(map(str.isdigit, word + other)):  # 100 and 200 are two strengths; 12 and 21 are a slip.
        return sorted(word) == sorted(other) and edits(word, other, 1) == 1
    return edits(word, other, 1) == 1


def _in_circles(gathered: Gathered, edges: str) -> Found:
    """Find the codes of which a way leads into a circle, by taking away, again and again, what leads nowhere else.

    Memory: four bytes a code, and the codes that wait to be taken away.
    """
    (count,) = next(gathered.rows("SELECT count(*) FROM code"))
    ways = array("i", bytes(4 * (count + 1)))
    for source, _ in gathered.rows(edges):
        ways[source] += 1
    if not any(ways):
        return
    into = f"SELECT source FROM ({edges}) WHERE target = ?"  # noqa: S608 - Statements of our own.
    targets = gathered.rows(f"SELECT DISTINCT target FROM ({edges}) ORDER BY 1")  # noqa: S608 - As above.
    waiting = array("i", (target for (target,) in targets if not ways[target]))
    while waiting:
        for (source,) in [*gathered.rows(into, waiting.pop())]:
            ways[source] -= 1
            if not ways[source]:
                waiting.append(source)
    for source, target in gathered.rows(f"{edges} ORDER BY 1"):
        if ways[source] > 0 and ways[target] > 0:
            code, other = next(
                gathered.rows(
                    "SELECT s.code, t.code FROM code s, code t WHERE s.number = ? AND t.number = ?",
                    source,
                    target,
                )
            )
            yield code, {"other": other}
