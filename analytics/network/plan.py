"""How far the statistics of a network can go on this machine, told before any of them is begun."""

from dataclasses import dataclass

from analytics.network.paths import EXACT_UP_TO
from analytics.settings import value

MEMORY = "AIM_BUILD_MEMORY"
UNITS = {"MB": 10**6, "GB": 10**9}
# Bytes that the whole set of statistics holds at its highest, for each arc and each node: measured with nine
# million arcs (docs/scale.md). A sample holds the arcs alone, with those of a year beside them.
WHOLE = (150, 600)
SAMPLED = (40, 60)
# Arcs; the picture and the communities take minutes beyond.
DRAWN_UP_TO, GROUPED_UP_TO = 3_000_000, 3_000_000
NODES_UP_TO = 500_000


@dataclass(frozen=True)
class Plan:
    """What is measured of a network.

    Attributes
    ----------
    exact : bool
        Every path is followed.
    whole : bool
        Every statistic is worked out, some of them from a sample of nodes; else only those that a sample gives.
    layout, communities : bool
        Whether its picture is drawn, and communities sought.
    n_bytes : int
        That the statistics hold at their highest, by estimate.
    """

    exact: bool
    whole: bool
    layout: bool
    communities: bool
    n_bytes: int

    def told(self) -> dict[str, str]:
        """Say it in words for the manifest."""
        return {
            "statistics": "exact" if self.exact else "sampled" if self.whole else "sampled, some left out",
            "picture": "drawn" if self.layout else "left out",
            "communities": "sought" if self.communities else "left out",
            "estimated_bytes": str(self.n_bytes),
        }

    def line(self) -> str:
        """Say it in one line."""
        told = self.told()
        size = f"{self.n_bytes / 1e9:.2f} GB by estimate"
        return f"network: {told['statistics']}, picture {told['picture']}, communities {told['communities']}, {size}"


def plan_network(n: int, n_arcs: int, n_bytes: int | None = None) -> Plan:
    """Choose what to measure of a network of `n` nodes; `n_bytes` by default as AIM_BUILD_MEMORY says."""
    allowed = memory() if n_bytes is None else n_bytes
    needed = WHOLE[0] * n_arcs + WHOLE[1] * n
    whole = needed <= allowed
    small = whole and n <= NODES_UP_TO
    return Plan(
        exact=whole and n <= EXACT_UP_TO,
        whole=whole,
        layout=small and n_arcs <= DRAWN_UP_TO,
        communities=small and n_arcs <= GROUPED_UP_TO,
        n_bytes=needed if whole else SAMPLED[0] * n_arcs + SAMPLED[1] * n,
    )


def memory() -> int:
    """Give the setting in bytes."""
    text = value(MEMORY)
    return int(text[:-2]) * UNITS[text[-2:]]
