"""What a link asks of the explorer, and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analytics import store
from analytics.explorer.arcs import Arcs, load_arcs, no_arcs, too_many
from analytics.explorer.chains import chain
from analytics.explorer.found import MOST_NODES, USUAL_NODES, Found, nothing
from analytics.explorer.groups import COMMUNITY, PROVINCE, codes_of
from analytics.explorer.large import largest, partners, refused
from analytics.explorer.views import backbone, common, ego, group, hubs
from analytics.filters import Filters

NEAR, CHAIN, COMMON, HUBS, BACKBONE, GROUP = "near", "chain", "common", "hubs", "backbone", "group"
PROVINCES, COMMUNITIES = "provinces", "communities"
VIEWS = (NEAR, CHAIN, COMMON, HUBS, BACKBONE, PROVINCES, COMMUNITIES, GROUP)
OF_GROUPS = {PROVINCES: PROVINCE, COMMUNITIES: COMMUNITY}
WAYS = ("both", "out", "in")
DEEPEST, MOST_OPENED, LONGEST = 3, 40, 2_000


@dataclass(frozen=True)
class Question:
    """What a reader wants to look at.

    Attributes
    ----------
    view : str
        One of `VIEWS`.
    node, other : str
        Ids; `other` for chains and common partners.
    depth : int
        1 to 3.
    way : str
        One of `WAYS`; a chain is followed along enabling when it is `out`.
    top : int
        Nodes at most.
    group : str
        `province:11`, `community:3`.
    opened : tuple of str
        Ids of nodes whose own neighbours are shown too.
    """

    filters: Filters
    view: str = HUBS
    node: str = ""
    other: str = ""
    depth: int = 1
    way: str = "both"
    top: int = USUAL_NODES
    group: str = ""
    opened: tuple[str, ...] = ()


def read_question(args: Mapping[str, str], opened: list[str], filters: Filters) -> Question:
    """Read a link; what makes no sense falls back to the default."""
    text = {key: value[:LONGEST] for key, value in args.items()}
    view = text.get("view", "")
    default = NEAR if text.get("node") else HUBS
    return Question(
        filters,
        view if view in VIEWS else default,
        text.get("node", ""),
        text.get("other", ""),
        min(max(_whole(text.get("depth", ""), 1), 1), 1 if too_many(filters.data) else DEEPEST),
        text["way"] if text.get("way") in WAYS else "both",
        min(max(_whole(text.get("top", ""), USUAL_NODES), 2), MOST_NODES),
        text.get("group", ""),
        tuple(one[:LONGEST] for one in opened[:MOST_OPENED]),
    )


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else default


def answer(question: Question) -> tuple[Arcs, Found]:
    """Find what a question asks for; views of groups are answered by `groups.group_nodes`."""
    if too_many(question.filters.data):
        return _by_query(question)
    arcs = load_arcs(question.filters)
    return arcs, _find(arcs, question)


def _by_query(question: Question) -> tuple[Arcs, Found]:
    """Answer what needs some of the arcs only: of a network too large to be walked."""
    filters, row = question.filters, row_of(question.node, question.filters.data)
    if question.view == HUBS:
        return largest(filters, question.top)
    if question.view == NEAR and row is not None:
        return partners(filters, row, question.way, question.top)
    if question.view == NEAR:
        return no_arcs(filters.data), nothing("unknown" if question.node else "ask", node=question.node)
    return refused(filters)


def _find(arcs: Arcs, question: Question) -> Found:
    if question.view == HUBS:
        return hubs(arcs, question.top)
    if question.view == BACKBONE:
        return backbone(arcs, question.top)
    if question.view == GROUP:
        return _group(arcs, question)
    rows = [row_of(one, question.filters.data) for one in (question.node, question.other)]
    if rows[0] is None:
        return nothing("unknown" if question.node else "ask", node=question.node)
    if question.view == NEAR:
        opened = [row_of(one, question.filters.data) for one in question.opened]
        known = tuple(row for row in opened if row is not None)
        return ego(arcs, rows[0], question.depth, question.way, question.top, known)
    if rows[1] is None:
        return nothing("unknown" if question.other else "ask_other", node=question.other)
    if question.view == COMMON:
        return common(arcs, rows[0], rows[1], question.top)
    return chain(arcs, rows[0], rows[1], question.way == "out")


def _group(arcs: Arcs, question: Question) -> Found:
    kind, _, code = question.group.partition(":")
    try:
        codes = codes_of(kind if kind in (PROVINCE, COMMUNITY) else PROVINCE, question.filters.data)
    except KeyError:
        return nothing("no_groups")
    members = codes.eq(code).to_numpy(bool) & bool(code)
    return group(arcs, members, question.top)


def row_of(node: str, data: str) -> int | None:
    """Give the row of a node, None where the data set has none of that id."""
    found = np.flatnonzero(store.tables(data)["nodes"]["id"].eq(node).to_numpy(bool))
    return int(found[0]) if node and len(found) else None


def search(words: str, data: str, most: int = 12) -> list[int]:
    """Give the rows of nodes whose names hold the words, in either language: whole names first, then by degree."""
    typed = words.casefold().strip()[:LONGEST]
    nodes = store.tables(data)["nodes"]
    if not typed:
        return []
    names = [nodes[name].fillna("").str.casefold() for name in ("name_zh", "name_en", "id")]
    hit = np.logical_or.reduce([name.str.contains(typed, regex=False).to_numpy(bool) for name in names])
    whole = np.logical_or.reduce([name.eq(typed).to_numpy(bool) for name in names])
    start = np.logical_or.reduce([name.str.startswith(typed).to_numpy(bool) for name in names])
    rows = np.flatnonzero(hit)
    order = np.lexsort((rows, -nodes["degree"].to_numpy()[rows], ~start[rows], ~whole[rows]))
    return rows[order][:most].tolist()
