"""Arithmetic on the spans of one day: adding, taking away, merging. Everything is half-open."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from venues.hours.model import Because, Session, Span

Window = tuple[int, int]  # [from, to), minutes of the business date


def span_of(session: Session, because: Because) -> Span:
    """Return the session as a span that rests on `because`."""
    return Span(
        opens=session.opens,
        closes=session.closes,
        last_entry=session.closes if session.last_entry is None else min(session.last_entry, session.closes),
        state=session.state,
        kind=session.kind,
        condition=session.condition,
        audience=session.audience,
        admission=session.admission,
        because=because,
    )


def cut(span: Span, windows: Iterable[Window], because: Because | None = None) -> list[Span]:
    """Return what is left of `span` outside `windows`.

    A piece that ends earlier takes its last entry with it; a piece that nobody may enter any more
    (it would open after the last entry) is no opening and disappears. Pieces of a span that was really
    cut rest on `because`, where one is given.

        09:00 ───────────────── 17:00   last entry 16:30, cut by 12:00–14:00
        09:00 ── 12:00  14:00 ─ 17:00   last entries 12:00 and 16:30
    """
    left = [(span.opens, span.closes)] if span.opens < span.closes else []
    for start, end in windows:
        if start < end:
            before = [(opens, min(closes, start)) for opens, closes in left]
            after = [(max(opens, end), closes) for opens, closes in left]
            left = sorted((opens, closes) for opens, closes in before + after if opens < closes)
    if left == [(span.opens, span.closes)]:  # nothing was cut
        return [span] if span.opens <= span.last_entry else []
    return [
        replace(
            span,
            opens=opens,
            closes=closes,
            last_entry=min(span.last_entry, closes),
            because=because or span.because,
        )
        for opens, closes in left
        if opens <= span.last_entry
    ]


def add(spans: Sequence[Span], added: Sequence[Span]) -> list[Span]:
    """Return `spans` together with what `added` contributes beyond them.

    Time that is already open in the same state to the same audience stays as it is, so an extension
    09:00–21:00 of 09:00–17:00 contributes 17:00–21:00. Where it covers a span to its end and allows
    entry longer, that span's last entry moves with it, and it rests on what moved it. What is added
    together does not cut each other.
    """
    lengthened = [_with_later_entry(span, added) for span in spans]
    contributed = [
        piece
        for extra in added
        for piece in cut(extra, [(span.opens, span.closes) for span in spans if _same_door(span, extra)])
    ]
    return lengthened + contributed


def subtract(spans: Sequence[Span], windows: Sequence[Window], because: Because) -> list[Span]:
    """Return `spans` without `windows`; pieces that were cut rest on `because`, which names what it beat."""
    result = []
    for span in spans:
        result.extend(cut(span, windows, replace(because, overrode=span.because.names)))
    return result


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans sorted, those that read the same and touch made one.

    Adjacent spans stay apart when they come from different notices, each of which is worth a link. Spans
    also stay apart where one last entry would not be true of both.
    """
    result: list[Span] = []
    for span in sorted(spans, key=_order):
        for index, earlier in enumerate(result):
            if _continues(earlier, span):
                result[index] = replace(
                    earlier,
                    closes=max(earlier.closes, span.closes),
                    last_entry=max(earlier.last_entry, span.last_entry),
                )
                break
        else:
            result.append(span)
    return tuple(result)


def _with_later_entry(span: Span, added: Sequence[Span]) -> Span:
    """Move the last entry where an added span covers the rest of this one and admits people longer."""
    latest, because = span.last_entry, span.because
    for extra in sorted(added, key=_order):
        if _same_door(span, extra) and extra.opens <= latest and span.closes <= extra.closes:
            entry = min(extra.last_entry, span.closes)
            if entry > latest:
                latest, because = entry, replace(extra.because, overrode=because.names)
    return span if latest == span.last_entry else replace(span, last_entry=latest, because=because)


def _same_door(span: Span, other: Span) -> bool:
    return span.state == other.state and span.audience == other.audience


def _reads(span: Span) -> tuple[str, ...]:
    return (span.state, span.kind, span.condition, span.audience, span.admission)


def _continues(earlier: Span, span: Span) -> bool:
    touches = span.opens <= min(earlier.closes, earlier.last_entry)
    overlaps = span.opens < earlier.closes
    return (
        touches
        and _reads(earlier) == _reads(span)
        and (overlaps or earlier.because.notice == span.because.notice)
        and _enter_as_one(earlier, span)
    )


def _enter_as_one(earlier: Span, span: Span) -> bool:
    """Tell whether the later of both last entries holds for both as one.

    Where it is the closing of a span that the other one outlasts, nobody may enter at that very minute.
    """
    last_entry = max(earlier.last_entry, span.last_entry)
    closes = max(earlier.closes, span.closes)
    return any(
        one.last_entry == last_entry and (last_entry < one.closes or one.closes == closes)
        for one in (earlier, span)
    )


def _order(span: Span) -> tuple[int | str, ...]:
    return (span.opens, span.closes, span.last_entry, *_reads(span), span.because.name)
