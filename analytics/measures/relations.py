"""Figures 15 to 20, tables 6 and 7: what relations are about, and where they run."""

from collections.abc import Callable

import pandas as pd

from analytics.contract import NONE, OUTSIDE
from analytics.measures.slices import Slice, ranks, shares

CORE_FOUR = ("11", "44", "33", "31")
ELSEWHERE = (NONE, OUTSIDE)  # ends without a province


def by_topic(part: Slice, cube: str, topic: str) -> pd.DataFrame:
    """Give the share of relations by technology or application; those without are left out."""
    return shares(part.count_relations(cube, (topic,)).drop(NONE, errors="ignore"))


def by_industry(part: Slice, level: str, inside: str = "") -> pd.DataFrame:
    """Give the share of relations by `industry` (of three), `section` or `division`.

    Parameters
    ----------
    level : str
        What the items are.
    inside : str
        The industry or section whose relations are the whole; empty for all.
    """
    counts = part.count_relations("industries_by_end", ("industry",)).drop(NONE, errors="ignore")
    codes = levels_of(part, counts.index)
    if inside:
        codes = codes[codes["industry" if len(inside) > 1 else "section"].eq(inside)]
    known = codes.loc[codes[level].ne(NONE), level]
    return shares(counts.reindex(known.index).groupby(known.to_numpy()).sum())


def levels_of(part: Slice, codes: pd.Index) -> pd.DataFrame:
    """Give division, section and industry of GB/T 4754 codes; index: the codes."""
    divisions = part.tables["divisions"].set_index("code")["section"]
    sections = part.tables["sections"].set_index("code")["industry"]
    found = pd.DataFrame(index=codes.astype(str))
    found["division"] = [code if code in divisions.index else NONE for code in found.index]
    found["section"] = [divisions.get(code, code) for code in found.index]
    found["industry"] = found["section"].map(sections).fillna(NONE)
    return found


def by_end(part: Slice, end: str) -> pd.DataFrame:
    """Give each province's share of the relations whose `source` or `target` is located."""
    counts = part.count_relations("flows", (f"{end}_province",), ("provinces",))
    return shares(counts.drop([code for code in ELSEWHERE if code in counts.index]))


def net(part: Slice) -> pd.DataFrame:
    """Give enabling less input, in percentage points."""
    gives, takes = (by_end(part, end).set_index("item") for end in ("source", "target"))
    both = gives.add_suffix("_out").join(takes.add_suffix("_in"), how="outer").fillna(0.0)
    values = {"item": both.index, "value": both["value_out"] - both["value_in"], "n": both["n_out"] - both["n_in"]}
    return pd.DataFrame(values).sort_values("value", ascending=False, ignore_index=True)


def flows(part: Slice) -> pd.DataFrame:
    """Give each pair of provinces as a share of all relations, `11>44` being from Beijing to Guangdong."""
    counts = part.count_relations("flows", ("source_province", "target_province"), ("provinces",))
    counts.index = [f"{a}>{b}" if not {a, b} & set(ELSEWHERE) else NONE for a, b in counts.index]
    return shares(counts.groupby(level=0).sum()).loc[lambda found: found["item"].ne(NONE)].reset_index(drop=True)


def pair_ranks(part: Slice) -> pd.DataFrame:
    """Rank pairs of provinces by both directions together, `11-44` being Beijing and Guangdong."""
    found = flows(part)
    ends = found["item"].str.split(">", expand=True)
    apart = ends[0].ne(ends[1]).to_numpy()
    both = ends.min(axis=1) + "-" + ends.max(axis=1)
    return ranks(shares(found["n"][apart].groupby(both[apart].to_numpy()).sum()))


def core(part: Slice, end: str) -> pd.DataFrame:
    """Give the four core provinces' share of one end."""
    rows = by_end(part, end)
    kept = rows[rows["item"].isin(CORE_FOUR)]
    return pd.DataFrame([{"item": "core_four", "value": kept["value"].sum(), "n": kept["n"].sum()}])


RELATIONS: dict[tuple[str, str], Callable[[Slice], pd.DataFrame]] = {
    ("figure-15", "share_relations"): lambda part: by_topic(part, "technologies_by_end", "technology"),
    ("figure-15", "rank_relations"): lambda part: ranks(by_topic(part, "technologies_by_end", "technology")),
    ("figure-16", "share_relations"): lambda part: by_topic(part, "applications_by_end", "application"),
    ("figure-16", "rank_relations"): lambda part: ranks(by_topic(part, "applications_by_end", "application")),
    ("figure-17", "share_relations"): lambda part: by_industry(part, "industry"),
    ("figure-17", "rank_relations"): lambda part: ranks(by_industry(part, "industry")),
    ("figure-18", "share_tertiary"): lambda part: by_industry(part, "section", "tertiary"),
    ("figure-18", "rank_tertiary"): lambda part: ranks(by_industry(part, "section", "tertiary")),
    ("figure-19", "share_secondary"): lambda part: by_industry(part, "section", "secondary"),
    ("figure-19", "rank_secondary"): lambda part: ranks(by_industry(part, "section", "secondary")),
    ("figure-20", "share_manufacturing"): lambda part: by_industry(part, "division", "C"),
    ("figure-20", "rank_manufacturing"): lambda part: ranks(by_industry(part, "division", "C")),
    ("table-6", "share_enabling"): lambda part: by_end(part, "source"),
    ("table-6", "share_input"): lambda part: by_end(part, "target"),
    ("table-6", "rank_enabling"): lambda part: ranks(by_end(part, "source")),
    ("table-6", "rank_input"): lambda part: ranks(by_end(part, "target")),
    ("table-6", "share_net"): net,
    ("table-7", "share_flow"): flows,
    ("table-7", "rank_flow"): lambda part: ranks(flows(part)),
    ("text", "rank_pair"): pair_ranks,
    ("text", "share_enabling"): lambda part: core(part, "source"),
    ("text", "share_input"): lambda part: core(part, "target"),
}
