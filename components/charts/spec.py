"""What a chart is; everything else about it follows from these fields and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from analytics import store
from analytics.explorer.arcs import too_many
from analytics.filters import Filters
from components.charts.select import NOTHING, compared

Figure = dict[str, Any]
Select = Callable[[Filters, str], pd.DataFrame]
Draw = Callable[[pd.DataFrame, str, str], Figure]
Remark = Callable[[Filters, str], str]


@lru_cache(maxsize=256)
def _others(spec: "ChartSpec", base: Filters, option: str, _snapshot: str) -> pd.DataFrame:
    """Give a chart's rows of what a selection is compared with, which is the whole for most readers."""
    return spec.select(base, option)


def no_remark(_filters: Filters, _lang: str) -> str:
    """Say nothing beside the chart."""
    return ""


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """One chart: a selection of rows and a drawing of them.

    Attributes
    ----------
    id : str
        Slug: file name, link, and prefix of its words (`chart.<id>.title`, …).
    kind : str
        bars, stacked, lines, map, flows, matrix, sankey, treemap, dumbbell.
    sources : tuple of str
        Figures and tables of the report that it shows, as in `facts.source`.
    uses : tuple of str
        Fields of `Filters` it answers to.
    select : callable
        `(Filters, option)` to the tidy frame that picture, table and files are made of.
    draw : callable
        `(frame, lang, option)` to a plain figure dict; colours are tokens (`$enabling`).
    options : tuple of str
        Choices of its own that change its rows, the first being the default.
    styles : tuple of tuple of str
        Groups of choices that change the picture only, the first of each being the default. A link and
        `draw` say them behind the option, with dots: `net.tiles`.
    height : int
        Pixels of the picture.
    field : str
        The field of the filters that a click on the picture chooses.
    walks : bool
        It needs every arc of the network: of one too large for a page's memory it shows nothing, and says why.
    remark : callable
        `(Filters, lang)` to a sentence that the reader must know beside this picture, or nothing.
    """

    id: str
    kind: str
    sources: tuple[str, ...]
    uses: tuple[str, ...]
    select: Select
    draw: Draw
    options: tuple[str, ...] = ("",)
    height: int = 300
    field: str = "provinces"
    remark: Remark = no_remark
    styles: tuple[tuple[str, ...], ...] = ()
    walks: bool = False

    def rows(self, filters: Filters, option: str) -> pd.DataFrame:
        """Give the tidy frame under those of the filters that the chart answers to.

        Where that is not the selection it is compared with, `base` holds the other one's values.
        """
        if self.walks and too_many(filters.data):
            return NOTHING
        option = option.partition(".")[0]
        asked = filters.only((*self.uses, "pin"))
        rows, base = self.select(asked, option), asked.base().only(self.uses)
        if "base" in rows or rows.empty or base == asked.without("pin"):
            return rows
        return compared(rows, _others(self, base, option, store.snapshot(base.data).name), False)

    def option(self, asked: object) -> str:
        """Give `asked` if it says an option and styles of this chart, else the default."""
        return asked if isinstance(asked, str) and self.knows(asked) else self.options[0]

    def knows(self, asked: str) -> bool:
        """Tell whether a text is an option with at most one style of each group behind it, in their order."""
        option, *styles = asked.split(".")
        groups = [at for style in styles for at, group in enumerate(self.styles) if style in group]
        return option in self.options and len(groups) == len(styles) and groups == sorted(set(groups))

    def styled(self, option: str) -> tuple[str, ...]:
        """Give the chosen style of each group."""
        said = option.split(".")[1:]
        return tuple(next((one for one in said if one in group), group[0]) for group in self.styles)
