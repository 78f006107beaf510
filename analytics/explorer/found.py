"""What a view of the network holds."""

from dataclasses import dataclass, field

import numpy as np

MOST_ARCS = 3_000  # drawn; a browser labours with more
MOST_NODES = 3_000
USUAL_NODES = 300

# What can be said of a view.
SAID = (
    *("cut", "arcs_cut", "top", "backbone", "common", "chain", "groups"),  # what was left out
    # why nothing
    *("alone", "empty", "unknown", "ask", "ask_other", "same", "no_chain", "no_common", "no_groups", "too_many"),
)
Said = tuple[str, dict[str, int | str]]  # key of the words, and what they name


@dataclass(frozen=True)
class Found:
    """Nodes and arcs to look at.

    Attributes
    ----------
    nodes : ndarray of int64
        Rows of the table `nodes`.
    arcs : ndarray of int64
        Positions in `Arcs`.
    x, y : ndarray of float
        Where each node stands; one unit is about the width of a node with its name.
    rank : ndarray of int64
        How far each node is from what was asked for: 0 for the nodes asked for.
    said : tuple
        What was left out, and what could not be done.
    """

    nodes: np.ndarray
    arcs: np.ndarray
    x: np.ndarray
    y: np.ndarray
    rank: np.ndarray
    said: tuple[Said, ...] = field(default=())


def nothing(key: str, **values: int | str) -> Found:
    """Give an empty view that says why."""
    none, empty = np.empty(0, dtype=np.int64), np.empty(0)
    return Found(none, none, empty, empty, none, ((key, values),))
