"""What a page is asked to show: language, filters, chart options, charts shown as tables, the node of a profile."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics import store
from analytics.filters import Filters, parse
from analytics.regions import LONGEST
from components.charts import CHARTS

TABLES = "table"  # link key that lists the charts shown as tables
NODE = "id"  # link key of the one firm or organization that a profile is about
EMBED, CARD = "embed", "card"  # link keys: one card without the frame, and which
PLACE = "place"  # link key of the places that a chapter or a comparison is about, comma-separated
LONGEST_PLACES = LONGEST + 1
LONGEST_NODE = 2_000  # characters; readers' files may call a node by a whole sentence


@dataclass(frozen=True, slots=True)
class View:
    """One reader's view, made from a link and nothing else."""

    lang: str
    page: str
    filters: Filters = field(default_factory=Filters)
    options: Mapping[str, str] = field(default_factory=dict)
    tables: frozenset[str] = frozenset()
    ignored: tuple[str, ...] = ()
    node: str = ""
    embed: bool = False
    card: str = ""
    place: str = ""

    def of_report(self) -> bool:
        """Tell whether the report's findings are true of the data set that is shown."""
        return store.snapshot(self.filters.data).manifest["dataset"]["kind"] == "reconstruction"


def read_view(lang: str, page: str, query: Mapping[str, object]) -> View:
    """Read a view from a link's query; what cannot be read is ignored and its key reported."""
    filters, ignored = parse(query)
    options = {key: str(query[key]) for key in query if _is_option(key, query[key])}
    bad = [key for key in query if key in CHARTS and key not in options]
    tables = frozenset(str(query.get(TABLES, ""))[:1000].split(",")) & CHARTS.keys()
    node = query.get(NODE)
    known = node if isinstance(node, str) and len(node) <= LONGEST_NODE else ""
    card = query.get(CARD)
    alone = (query.get(EMBED) == "1", card if isinstance(card, str) and card in CHARTS else "")
    reading = (*ignored, *(["option"] if bad else []))
    return View(lang, page, filters, options, tables, reading, known, *alone, _places(query.get(PLACE)))


def _places(value: object) -> str:
    """Join the places of a key that is there several times; junk keeps a length that is known as junk."""
    found = value if isinstance(value, list) else [value]
    return ",".join(one for one in found if isinstance(one, str))[:LONGEST_PLACES]


def _is_option(key: str, value: object) -> bool:
    return key in CHARTS and isinstance(value, str) and CHARTS[key].knows(value)
