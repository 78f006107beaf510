"""The reader's choices: provinces, technology layers, years; to and from a link's query."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from analytics import classes, store

YEARS = store.REPORT_YEARS
# A link's value longer than this is junk, not a choice; 34 codes take 101 characters, all years of founding 400.
LONGEST = 600
# Field -> its key in a link.
KEYS = {
    "provinces": "province",
    "layers": "layer",
    "end": "end",
    "topic": "topic",
    "founded": "firm_founded",
    "employees": "firm_size",
    "listed": "firm_listed",
    "revenue": "firm_revenue",
    "rd_cost": "firm_rd",
    "rd_intensity": "firm_intensity",
    "patents": "firm_patents",
    "data": "data",
    "pin": "pin",
}
WHOLE = "all"  # the pin of a selection that leaves nothing out
ENDS = ("source", "target")
# What a relation may be about -> the classification whose codes say it.
TOPICS = {"technology": "technologies", "application": "applications", "industry": "sections"}
SLUGS = {
    "employees": classes.EMPLOYEES.slugs,
    "listed": ("listed", "unlisted"),
    "revenue": classes.REVENUE.slugs,
    "rd_cost": classes.RD_COST.slugs,
    "rd_intensity": classes.RD_INTENSITY.slugs,
    "patents": classes.PATENTS.slugs,
}
FIRM_FIELDS = ("founded", *SLUGS)  # what only firms have, not the relations between nodes


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader chose; empty means all.

    Attributes
    ----------
    provinces : tuple of str
        Two-digit GB/T 2260 codes, sorted.
    layers : tuple of str
        Slugs of the technology layers, sorted.
    years : tuple of int
        First and last year, both included.
    end : str
        Which end of a relation must be chosen, `source` or `target`; empty for either.
    topic : str
        What a relation is about: `technology.`, `application.` or `industry.` and a code; empty for all.
    founded : tuple of int
        Years of founding.
    employees, listed, revenue, rd_cost, rd_intensity, patents : tuple of str
        Slugs of `analytics.classes`, in their order.
    data : str
        Id of a reader's data set; empty for the one in use for all.
    pin : str
        The selection to compare with, as the query of a link without `data` and `pin`; empty for
        the whole. `all` where the whole itself is pinned.
    """

    provinces: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    years: tuple[int, int] = YEARS
    end: str = ""
    topic: str = ""
    founded: tuple[int, ...] = ()
    employees: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    revenue: tuple[str, ...] = ()
    rd_cost: tuple[str, ...] = ()
    rd_intensity: tuple[str, ...] = ()
    patents: tuple[str, ...] = ()
    data: str = ""
    pin: str = ""

    def to_query(self) -> dict[str, str]:
        """Give the query of a link: every choice that is not the default, and nothing else."""
        query = {key: _written(getattr(self, field)) for field, key in KEYS.items()}
        first, last = store.span(self.data)
        query["from"] = "" if self.years[0] == first else str(self.years[0])
        query["to"] = "" if self.years[1] == last else str(self.years[1])
        return {key: value for key, value in query.items() if value}

    def as_pin(self) -> str:
        """Give this selection as the value of `pin`."""
        query = {key: value for key, value in self.to_query().items() if key not in ("data", "pin")}
        return urlencode(sorted(query.items()), safe=",") or WHOLE

    def base(self) -> "Filters":
        """Give the selection to compare with: the pinned one, else the whole data set."""
        query = {} if self.pin == WHOLE else dict(parse_qsl(self.pin))
        return parse({**query, "data": self.data}).filters

    def only(self, fields: Iterable[str]) -> "Filters":
        """Give the choices of some fields, the others at their default."""
        kept = {field: getattr(self, field) for field in fields}
        return Filters(**({"years": store.span(kept.get("data", ""))} | kept))

    def without(self, field: str) -> "Filters":
        """Give the choices with one field at its default."""
        default: dict[str, Any] = {field: getattr(Filters(years=store.span(self.data)), field)}
        return replace(self, **default)

    def active(self) -> tuple[str, ...]:
        """Name the fields that are not at their default."""
        default = Filters(years=store.span(self.data))
        return tuple(n for n in self.__slots__ if getattr(self, n) != getattr(default, n))


class Parsed(NamedTuple):
    """A link's filters, and the keys whose values were ignored."""

    filters: Filters
    ignored: tuple[str, ...]


def parse(query: Mapping[str, object]) -> Parsed:
    """Read filters from a link's query; never fails.

    Parameters
    ----------
    query : mapping
        The keys of `KEYS` (several values comma-separated), `from`, `to` (years); others are not ours.
        A repeated key arrives as a list: the last value counts, and the key is reported.

    Returns
    -------
    Parsed
        Unknown codes, wrong types and impossible years are left out and their keys reported.
    """
    ignored: list[str] = []

    def take(key: str, read: Callable[[str], tuple[object, bool]]) -> object:
        text, whole = _text(query.get(key))
        value, good = read(text)
        if not (whole and good):
            ignored.append(key)
        return value

    provinces = take("province", lambda text: _known(text, codes("provinces")))
    layers = take("layer", lambda text: _known(text, codes("layers")))
    data = take("data", lambda text: (text, True) if store.exists(text) else ("", not text))
    end = take("end", lambda text: (text, True) if text in ("", *ENDS) else ("", False))
    topic = take("topic", lambda text: (text, True) if text in ("", *topics()) else ("", False))
    founded = take(KEYS["founded"], _founding_years)
    classed = {field: take(KEYS[field], partial(_in_order, allowed=slugs)) for field, slugs in SLUGS.items()}
    pin = take("pin", partial(_pin, data=str(data)))
    span = store.span(str(data))
    first = take("from", lambda text: _year(text, span[0], span))
    last = take("to", lambda text: _year(text, span[1], span))
    if first > last:  # type: ignore[operator]
        first, last, ignored = *span, [*ignored, "from"]
    chosen = {"end": end, "topic": topic, "founded": founded, **classed, "data": data, "pin": pin}
    filters = Filters(provinces, layers, (first, last), **chosen)  # type: ignore[arg-type]
    return Parsed(filters, tuple(dict.fromkeys(ignored)))


def choices_of(field: str, data: str) -> tuple[str, ...]:
    """Give the values that a field can hold in a data set, as a link has them."""
    if field in SLUGS:
        return SLUGS[field]
    if field == "founded":
        years = store.tables(data)["firm_values"]["founded_year"].cat.categories
        return tuple(str(year) for year in years if year)
    return tuple(sorted(codes(field)))


@store.per_snapshot
def topics() -> tuple[str, ...]:
    """Give what a relation may be about, as a link has it."""
    return tuple(f"{dimension}.{code}" for dimension, table in TOPICS.items() for code in sorted(codes(table)))


@store.per_snapshot
def codes(table: str) -> frozenset[str]:
    """Give the codes that a taxonomy's first column holds."""
    return frozenset(store.snapshot().tables[table].iloc[:, 0])


def _text(value: object) -> tuple[str, bool]:
    if isinstance(value, list):
        text, good = _text(value[-1] if value else None)
        return text, good and len(value) == 1
    if value is None:
        return "", True
    good = isinstance(value, str) and len(value) <= LONGEST
    return (str(value), True) if good else ("", False)


def _written(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _founding_years(text: str) -> tuple[tuple[int, ...], bool]:
    asked = {part for part in text.split(",") if part}
    found = {int(part) for part in asked if part.isascii() and part.isdigit() and len(part) == 4}
    return tuple(sorted(found)), len(found) == len(asked)


def _in_order(text: str, allowed: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    asked = {part for part in text.split(",") if part}
    return tuple(slug for slug in allowed if slug in asked), asked <= set(allowed)


def _pin(text: str, data: str) -> tuple[str, bool]:
    """Read a pinned selection; one that cannot be read whole is none."""
    if text in ("", WHOLE):
        return text, True
    pairs = parse_qsl(text)
    filters, ignored = parse({**dict(pairs), "data": data})
    known = {*KEYS.values(), "from", "to"} - {"data", "pin"}
    good = not ignored and bool(pairs) and all(key in known for key, _ in pairs)
    return (filters.as_pin(), True) if good else ("", False)


def _known(text: str, allowed: frozenset[str]) -> tuple[tuple[str, ...], bool]:
    asked = {part for part in text.split(",") if part}
    found = asked & allowed
    return tuple(sorted(found)), found == asked


def _year(text: str, default: int, span: tuple[int, int]) -> tuple[int, bool]:
    if not text:
        return default, True
    good = text.isascii() and text.isdigit() and len(text) == 4
    good = good and span[0] <= int(text) <= span[1]
    return (int(text), True) if good else (default, False)
