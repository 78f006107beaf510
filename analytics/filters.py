"""The reader's choices: provinces, technology layers, years; to and from a link's query."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from analytics import store

YEARS = store.REPORT_YEARS
# A link's value longer than this is junk, not a choice; 34 codes take 101 characters.
LONGEST = 200


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
    data : str
        Id of a reader's data set; empty for the one in use for all.
    """

    provinces: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    years: tuple[int, int] = YEARS
    data: str = ""

    def to_query(self) -> dict[str, str]:
        """Give the query of a link: every choice that is not the default, and nothing else."""
        query = {"province": ",".join(self.provinces), "layer": ",".join(self.layers)}
        first, last = store.span(self.data)
        query["from"] = "" if self.years[0] == first else str(self.years[0])
        query["to"] = "" if self.years[1] == last else str(self.years[1])
        query["data"] = self.data
        return {key: value for key, value in query.items() if value}

    def only(self, fields: Iterable[str]) -> "Filters":
        """Give the choices of some fields, the others at their default."""
        kept = {field: getattr(self, field) for field in fields}
        return Filters(**({"years": store.span(kept.get("data", ""))} | kept))

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
        Keys `province`, `layer` (comma-separated), `from`, `to` (years), `data`; others are not ours.
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
    span = store.span(str(data))
    first = take("from", lambda text: _year(text, span[0], span))
    last = take("to", lambda text: _year(text, span[1], span))
    if first > last:  # type: ignore[operator]
        first, last, ignored = *span, [*ignored, "from"]
    filters = Filters(provinces, layers, (first, last), data)  # type: ignore[arg-type]
    return Parsed(filters, tuple(dict.fromkeys(ignored)))


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
