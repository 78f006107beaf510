"""Which printed numbers hang together, and why: the audit's only knowledge of this report.

No relation says what is wrong; the rules find that. A next edition with the same figures and
tables needs no change here.
"""

from dataclasses import dataclass

SAMPLE = "text/n_firms/sample_2024_report"
LISTED = "figure-5/n_firms/listed"
NETWORK = "table-1"


@dataclass(frozen=True)
class Partition:
    """Classes that leave nothing out, so their shares add to 100; `base` is the count they divide."""

    source: str
    measure: str
    base: str = ""


# The report calls each a distribution over all firms, listed firms, patents or relations.
PARTITIONS = (
    Partition("figure-4", "share_firms", SAMPLE),
    Partition("figure-5", "share_firms", SAMPLE),
    *(Partition(f"figure-{number}", "share_firms", LISTED) for number in (6, 7, 8)),
    Partition("figure-9", "share_firms", SAMPLE),
    Partition("figure-10", "share_firms", SAMPLE),
    Partition("figure-12", "share_patents"),
    Partition("figure-17", "share_relations"),
    Partition("figure-19", "share_secondary"),
)
# Shares of the same firms that are no partition: sums, or the leading classes only.
SHARES_OF_FIRMS = (*PARTITIONS, *(Partition(f"figure-{number}", "share_firms", SAMPLE) for number in (1, 2, 3)))
# Firms and patents are counted whole, so a limit that two classes share leaves a firm without a class of its own.
COUNTED_CLASSES = (("figure-4", "share_firms"), ("figure-10", "share_firms"))
# Counts of all sample firms by class.
COUNTED = (("figure-5", "n_firms", SAMPLE), ("figure-9", "n_firms", SAMPLE))
# share, count: the share is that of the count with the same item, in percent of the sample.
SHARES_OF_COUNTS = (
    ("figure-5", "share_firms", "n_firms", SAMPLE),
    ("figure-9", "share_firms", "n_firms", SAMPLE),
)


@dataclass(frozen=True)
class TopList:
    """The leading classes of a classification; what is left must fit into the classes not named."""

    source: str
    measure: str
    table: str
    column: str = ""
    value: str = ""


TOP_LISTS = (
    TopList("figure-3", "share_firms", "provinces"),
    TopList("figure-15", "share_relations", "technologies"),
    TopList("figure-16", "share_relations", "applications"),
    TopList("figure-18", "share_tertiary", "sections", "industry", "tertiary"),
    TopList("figure-20", "share_manufacturing", "divisions", "section", "C"),
    TopList("table-6", "share_enabling", "provinces"),
    TopList("table-6", "share_input", "provinces"),
)

# (source of the regions, source of their provinces, measure)
REGIONS = (
    ("figure-2", "figure-3", "share_firms"),
    ("text", "table-6", "share_enabling"),
    ("text", "table-6", "share_input"),
)
# Within one item and year: parts, whole.
IDENTITIES = (
    (NETWORK, ("n_sample_nodes", "n_relation_nodes"), "n_nodes"),
    ("table-2", ("in_degree", "out_degree"), "degree"),
    ("table-3", ("in_degree", "out_degree"), "degree"),
)
# Quotients of two columns: (source, quotient, dividend, divisor).
QUOTIENTS = ((NETWORK, "average_degree", "n_relations", "n_nodes"),)
# Year on year growth: (source and measure of the rates, source of the series); the item names the measure.
GROWTH = (("text", "growth_rate", NETWORK, "network"),)
# A network to which nodes and relations are added each year cannot shrink.
CUMULATIVE = tuple((NETWORK, name) for name in ("n_sample_nodes", "n_relation_nodes", "n_nodes", "n_relations"))
# (smaller, larger): a mean is no more than the largest; every relation node has a relation.
BOUNDS = ((NETWORK, "average_path_length", "diameter"), (NETWORK, "n_relation_nodes", "n_relations"))
# (source, rank, value that is ranked)
RANKED = (
    ("figure-3", "rank_firms", "share_firms"),
    ("figure-11", "rank_patents", "share_patents"),
    ("figure-15", "rank_relations", "share_relations"),
    ("figure-16", "rank_relations", "share_relations"),
    ("figure-17", "rank_relations", "share_relations"),
    ("figure-18", "rank_tertiary", "share_tertiary"),
    ("figure-19", "rank_secondary", "share_secondary"),
    ("figure-20", "rank_manufacturing", "share_manufacturing"),
    ("table-6", "rank_enabling", "share_enabling"),
    ("table-6", "rank_input", "share_input"),
    ("table-7", "rank_flow", "share_flow"),
)
# Lists that are read from top to bottom.
SORTED = (("table-2", "degree"), ("table-3", "degree"), ("table-7", "share_flow"))

FLOWS = ("table-7", "share_flow")
ENABLING, INPUT = ("table-6", "share_enabling"), ("table-6", "share_input")
PAIRS = ("text", "rank_pair")
