"""What a link asks of the index: weights and method."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.index.indicators import PILLARS
from analytics.index.method import AGGREGATIONS, NORMALISATIONS, TREATMENTS

EVEN, MOST = 5, 10  # a pillar's weight without a word in the link, and the largest
METHODS = {"treat": TREATMENTS, "norm": NORMALISATIONS, "sum": AGGREGATIONS}  # the first is the default


@dataclass(frozen=True, slots=True)
class Choice:
    """Weights by pillar (0 to 10, in the order of `PILLARS`) and method.

    `ignored` names the keys of the link that could not be read.
    """

    weights: tuple[int, ...] = (EVEN,) * len(PILLARS)
    treat: str = TREATMENTS[0]
    norm: str = NORMALISATIONS[0]
    sum: str = AGGREGATIONS[0]
    ignored: tuple[str, ...] = field(default=(), compare=False)

    def to_query(self) -> dict[str, str]:
        """Give the query of a link: every choice that is not the default."""
        weights = {name: str(one) for name, one in zip(PILLARS, self.weights, strict=True) if one != EVEN}
        methods = {key: getattr(self, key) for key, known in METHODS.items() if getattr(self, key) != known[0]}
        return {**weights, **methods}


def read_choice(query: Mapping[str, str]) -> Choice:
    """Read a choice from a link's query; a value that cannot be read is its default, and its key reported."""
    ignored = [name for name in PILLARS if name in query and _weight(query[name]) is None]
    ignored += [key for key, known in METHODS.items() if key in query and query[key] not in known]
    weights = tuple(_weight(query.get(name, "")) for name in PILLARS)
    methods = {key: query[key] if query.get(key) in known else known[0] for key, known in METHODS.items()}
    return Choice(tuple(EVEN if one is None else one for one in weights), **methods, ignored=tuple(ignored))


def _weight(text: str) -> int | None:
    whole = text.isascii() and text.isdigit() and len(text) <= 2
    return int(text) if whole and int(text) <= MOST else None
