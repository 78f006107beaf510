"""The report's classes of firms by size: figures 4, 6, 7, 8 and 10.

A class holds its lower edge; only the last edge belongs to the class below it, as in "800 to 1,000"
and "more than 1,000".
"""

from dataclasses import dataclass

YUAN_100M = 1e8  # the report counts money in 亿


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of one measure of firms.

    Attributes
    ----------
    column : str
        The class's column in the firm cube.
    edges : tuple of float
        Upper edge of every class but the last, in the unit of the figure.
    slugs : tuple of str
        One more than edges: the items of the facts.
    scale : float
        What one unit of the figure is in the unit of the contract.
    """

    column: str
    edges: tuple[float, ...]
    slugs: tuple[str, ...]
    scale: float = 1.0


def _classes(column: str, prefix: str, edges: tuple[int, ...], scale: float = 1.0, step: int = 0) -> Classes:
    # Whole numbers end a class one below the next, except at the closed last edge: 200-399, 800-1000.
    tops = (*(edge - step for edge in edges[1:-1]), edges[-1])
    inner = [f"{prefix}_{low}_{top}" for low, top in zip(edges, tops, strict=False)]
    return Classes(column, edges, (f"{prefix}_lt_{edges[0]}", *inner, f"{prefix}_gt_{edges[-1]}"), scale)


EMPLOYEES = _classes("employees_class", "employees", (200, 400, 600, 800, 1000), step=1)
REVENUE = _classes("revenue_class", "revenue", (20, 40, 60, 80, 100), YUAN_100M)
RD_COST = _classes("rd_class", "rd", (2, 4, 6, 8, 10), YUAN_100M)
RD_INTENSITY = _classes("intensity_class", "intensity", (5, 10, 15, 20), 0.01)
PATENTS = _classes("patents_class", "patents", (200, 400, 600, 800, 1000))

ALL = (EMPLOYEES, REVENUE, RD_COST, RD_INTENSITY, PATENTS)
