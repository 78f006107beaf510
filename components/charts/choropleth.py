"""The choropleth: six measures of the provinces, in classes, on the map or as tiles."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from analytics import store
from analytics.filters import Filters
from analytics.measures import Slice
from analytics.measures.exchange import per_firm, ratio
from components.charts.bivariate import bivariate_fills, bivariate_key, bivariate_shades
from components.charts.drawing import texts_of
from components.charts.maps import land, leaders, map_layout, place_labels
from components.charts.select import values_of
from components.charts.shades import DIVERGING, Shade, histogram, quantiles, ramp, spread_over
from components.charts.spec import Figure
from components.charts.tiles import tile_labels, tile_layout, tiles
from components.charts.topics import chosen, told
from components.i18n import t

HEIGHT = 540  # pixels of the picture
LABELLED = 0.05  # percent; below it a label would say 0.0 and hide its neighbours
STYLES = (("map", "tiles"), ("steps", "quantile"))
BOTH = "both"
SHARES = ("share_enabling", "share_input")
UNSHOWN = {"none": "undefined", "filtered_out": "filtered_out"}  # state -> its word
STATE_FILL = {"zero": "$card", "none": "$nodata", "filtered_out": "$filtered"}


class Measure(NamedTuple):
    """What an option shows: measures, the classes by fixed steps, and what makes a measure that is no share."""

    measures: tuple[str, ...]
    limits: tuple[float, ...]
    colours: tuple[str, ...]
    make: Callable[[Slice], pd.DataFrame] | None = None

    def rows(self, filters: Filters) -> pd.DataFrame:
        """Give the values of those provinces that have any."""
        if self.make is None:
            return values_of("table-6", self.measures, filters)
        return told(self.make(chosen(filters)), filters, "table-6", self.measures[0], "coefficient")


STEPS = (0.2, 0.5, 1.0, 4.0, 12.0)  # percent of all relations; each about doubles, as shares range over three decades
MEASURES = {
    "enabling": Measure(("share_enabling",), STEPS, ramp("t")),
    "input": Measure(("share_input",), STEPS, ramp("a")),
    "net": Measure(("share_net",), (-0.3, -0.05, 0.05, 0.3), DIVERGING),
    "ratio": Measure(("ratio_enabling_input",), (0.5, 0.8, 1.25, 2.0), DIVERGING, ratio),
    "per_firm": Measure(("relations_per_firm",), (5.0, 10.0, 15.0, 20.0, 40.0), ramp("t"), per_firm),
    BOTH: Measure(SHARES, (0.5, 4.0), ()),
}


def select_map(filters: Filters, option: str) -> pd.DataFrame:
    """Give every province's value; `state` tells what is shown.

    Returns
    -------
    DataFrame
        The columns of a fact, `reported`; `state` is shown, zero (no relation in this selection), none (not
        defined: no firm to divide by, too few relations for a ratio) or filtered_out. Grain: 34 provinces,
        each twice where two measures are shown.
    """
    measure = MEASURES[option]
    found = measure.rows(filters.only({"layers", "years", "topic", "data"}))
    rows = pd.concat([_every(found[found["measure"].eq(name)], name) for name in measure.measures], ignore_index=True)
    rows["state"] = "shown"
    rows.loc[rows["value"].isna(), "state"] = "none"
    if len(found) and measure.make is None:
        unrelated = rows["value"].isna()
        rows = rows.fillna({"value": 0.0, "n": 0})
        rows.loc[unrelated, "state"] = "zero"
    if filters.provinces:
        rows.loc[~rows["item"].isin(filters.provinces), "state"] = "filtered_out"
    return rows


def _every(found: pd.DataFrame, measure: str) -> pd.DataFrame:
    provinces = store.provinces().rename(columns={"code": "item", "fullname_zh": "item_zh"})
    names = provinces.rename(columns={"name_en": "item_en"})[["item", "item_zh", "item_en"]]
    rows = names.merge(found.drop(columns=["item_zh", "item_en"]), on="item", how="left").assign(measure=measure)
    if len(found):
        told = found.iloc[0][["unit", "status", "source", "page"]].to_dict()
        rows = rows.fillna({**told, "printed": "", "note": "", "reported": ""})
    return rows


def shade_of(values: pd.Series, option: str, classes: str) -> Shade:
    """Give the classes of a measure: fixed steps, or as many provinces in each."""
    measure = MEASURES[option]
    if classes == "steps":
        return Shade(measure.limits, measure.colours)
    if measure.colours != DIVERGING:
        return spread_over(quantiles(values, len(measure.colours)), measure.colours)
    return Shade(_around(values, measure.limits), DIVERGING)


def _around(values: pd.Series, steps: tuple[float, ...]) -> tuple[float, ...]:
    """Keep the middle class, and halve what lies beyond it by the median of the distances; of ratios, factors."""
    low, high = steps[1], steps[2]
    beyond = values[((values < low) | (values >= high)) & (values.ne(0) | (low < 0))]
    factors = np.exp(np.log(beyond).abs()) if low > 0 else beyond.abs()
    far = float(f"{max(factors.median(), high):.3g}") if len(beyond) else high
    return (float(f"{1 / far:.3g}") if low > 0 else -far, low, high, far)


def draw_map(rows: pd.DataFrame, lang: str, option: str) -> Figure:
    """Draw the provinces in their classes, with labels and the histogram of the classes."""
    asked, *styles = option.split(".")
    classes = "quantile" if "quantile" in styles else "steps"
    known = rows[rows["state"].eq("shown")]
    if asked == BOTH:
        shades = bivariate_shades(rows, SHARES, MEASURES[BOTH].limits, classes)
        fills = bivariate_fills(rows, shades, SHARES, STATE_FILL)
        key, axes = bivariate_key(rows, shades, SHARES, lang)
    else:
        shade = shade_of(known["value"], asked, classes)
        colours = zip(rows["value"], rows["state"], strict=True)
        fills = dict(zip(rows["item"], (_fill(value, state, shade) for value, state in colours), strict=True))
        key, axes = histogram(_lines(rows, shade, "" if MEASURES[asked].make else "%", lang), HEIGHT)
    hovers = _hovers(rows, lang)
    labelled = known[known["measure"].eq(known["measure"].iloc[0])] if len(known) else known
    if "tiles" in styles:
        return {"data": [*tiles(fills, hovers), tile_labels(labelled, lang), *key], "layout": {**tile_layout(), **axes}}
    large = labelled[labelled["value"].abs() >= LABELLED]
    texts = dict(zip(large["item"], texts_of(large), strict=True))
    names = place_labels(large, dict.fromkeys(texts, "") if asked == BOTH else texts, lang)
    return {"data": [*land(fills, hovers), names, *key], "layout": {**map_layout(leaders(large["item"])), **axes}}


def _fill(value: float, state: str, shade: Shade) -> str:
    return STATE_FILL[state] if state in STATE_FILL else shade.colour(value)


def _hovers(rows: pd.DataFrame, lang: str) -> dict[str, str]:
    """Give every province's name with its values, or why there is none."""
    said: dict[str, list[str]] = {}
    columns = (rows["item"], rows[f"item_{lang}"], rows["state"], rows["measure"], texts_of(rows))
    for code, name, state, measure, text in zip(*columns, strict=True):
        part = t(f"state.{UNSHOWN[state]}", lang) if state in UNSHOWN else f"{t(f'measure.{measure}', lang)} {text}"
        parts = said.setdefault(code, [name])
        parts += [part] if part not in parts else []
    return {code: f"{name}: {' · '.join(parts)}" for code, (name, *parts) in said.items()}


def _lines(rows: pd.DataFrame, shade: Shade, sign: str, lang: str) -> list[tuple[str, str, list[str]]]:
    """Give the classes from the highest, then what is not in one where there is any."""
    shown = rows[rows["state"].eq("shown")]
    classes = shown["value"].map(shade.at)
    name = f"item_{lang}"
    lines = [
        (shade.colours[at], span, shown.loc[classes.eq(at), name].tolist())
        for at, span in reversed(list(enumerate(shade.spans(sign))))
    ]
    words = {"zero": "none", **UNSHOWN}
    other = [
        (STATE_FILL[state], t(f"state.{words[state]}", lang), rows.loc[rows["state"].eq(state), name])
        for state in words
    ]
    return [*lines, *((colour, said, names.tolist()) for colour, said, names in other if len(names))]
