"""The filter bar: the one writer of the filter state."""

from typing import Any

import dash_mantine_components as dmc
from dash import ALL, ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html

from analytics import store
from analytics.filters import Filters, parse
from components.charts import CHARTS
from components.i18n import LANGUAGES, t
from components.view import View


def filter_bar(view: View, charts: tuple[str, ...]) -> html.Section:
    """Give the bar with the controls that at least one of the page's charts answers to."""
    used = set().union(*(CHARTS[chart].uses for chart in charts)) if charts else set()
    lang, filters = view.lang, view.filters
    controls = [
        _group("provinces", used, _provinces(filters, lang), t("filter.province", lang)),
        _group("provinces", used, _regions(lang), t("filter.region", lang)),
        _group("layers", used, _layers(filters, lang), t("filter.layer", lang)),
        _group("years", used, _years(filters, lang), t("filter.years", lang)),
    ]
    return html.Section(
        [
            html.Details(
                [html.Summary(t("filter.label", lang)), html.Div(controls, className="filter-row")],
                className="filterbar-more",
                open=True,
                hidden=not used,
            ),
            html.Div(chips(filters, lang), id="chips", className="chips"),
            _notice(view),
            dcc.Store(id="filters", data=filters.to_query()),
            dcc.Store(id="lang", data=lang),
            dcc.Store(id="dataset", data=filters.data),
        ],
        className="filterbar" if used else "filterbar filterbar-bare",
        **{"aria-label": t("filter.label", lang)},
    )


def _group(field: str, used: set[str], control: Any, label: str) -> html.Div:
    heading = html.Span(label, className="filter-label", **{"aria-hidden": "true"})
    return html.Div([heading, control], className=f"filter filter-{field}", hidden=field not in used)


def _provinces(filters: Filters, lang: str) -> dmc.MultiSelect:
    provinces = store.provinces()
    names = zip(provinces["code"], provinces[f"name_{lang}"], strict=True)
    return dmc.MultiSelect(
        id="f-province",
        value=list(filters.provinces),
        searchable=True,
        clearable=True,
        size="xs",
        w=170,
        data=[{"value": code, "label": name} for code, name in names],
        placeholder=t("filter.province_hint", lang),
        nothingFoundMessage=t("filter.province_empty", lang),
        **{"aria-label": t("filter.province", lang)},
        hidePickedOptions=False,
        maxDropdownHeight=280,
        className="province-select",
    )


def _regions(lang: str) -> html.Div:
    buttons = [_region("", t("filter.all", lang))]
    for row in store.regions().itertuples():
        buttons.append(_region(str(row.provinces).replace(";", ","), t(f"region.{row.slug}", lang)))
    return html.Div(buttons, className="regions")


def _region(codes: str, label: str) -> html.Button:
    return html.Button(label, id={"region": codes}, type="button", className="region")


def _layers(filters: Filters, lang: str) -> dmc.ChipGroup:
    named = ((row.slug, getattr(row, f"name_{lang}")) for row in store.layers().itertuples())
    marks = [dmc.Chip(name, value=slug, size="xs", radius="sm") for slug, name in named]
    return dmc.ChipGroup(marks, id="f-layer", multiple=True, value=list(filters.layers))


def _years(filters: Filters, lang: str) -> dmc.RangeSlider:
    span = store.span(filters.data)
    ends = [{"value": year, "label": str(year)} for year in span]
    return dmc.RangeSlider(
        id="f-years",
        value=list(filters.years),
        min=span[0],
        max=span[1],
        step=1,
        minRange=0,
        w=130,
        size="sm",
        marks=ends,
        thumbFromLabel=t("filter.key_from", lang),
        thumbToLabel=t("filter.key_to", lang),
    )


def _notice(view: View) -> html.P:
    keys = ("、" if view.lang == "zh" else ", ").join(t(f"filter.key_{key}", view.lang) for key in view.ignored)
    said = t("filter.ignored", view.lang, keys=keys) if view.ignored else ""
    return html.P(said, className="notice", role="status", hidden=not said)


def chips(filters: Filters, lang: str) -> list[Any]:
    """Give a chip for each choice, and the reset; nothing when nothing is chosen."""
    provinces = store.provinces().set_index("code")[f"name_{lang}"]
    layers = store.layers().set_index("slug")[f"name_{lang}"]
    marks = [("provinces", code, provinces[code]) for code in filters.provinces]
    marks += [("layers", slug, layers[slug]) for slug in filters.layers]
    if filters.years != store.span(filters.data):
        marks += [("years", "", f"{filters.years[0]}–{filters.years[1]}")]
    found: list[Any] = [_chip(f"{field}:{value}", name, lang) for field, value, name in marks]
    reset = html.Button(t("filter.reset", lang), id={"chip": "reset"}, type="button", className="reset")
    return [*found, reset] if found else []


def _chip(key: str, name: str, lang: str) -> html.Button:
    label = {"aria-label": t("filter.remove", lang, name=name)}
    inside = [html.Span(name), html.Span("×", **{"aria-hidden": "true"})]
    return html.Button(inside, id={"chip": key}, type="button", className="chip", **label)


# Only the browser knows what a reader chose a moment ago, so it turns clicks into control values.
clientside_callback(
    ClientsideFunction("filters", "choose"),
    Output("f-province", "value"),
    Output("f-layer", "value"),
    Output("f-years", "value"),
    Input({"region": ALL}, "n_clicks"),
    Input({"chip": ALL}, "n_clicks"),
    Input({"part": "graph", "chart": ALL}, "clickData"),
    State("f-province", "value"),
    State("f-layer", "value"),
    State("f-years", "value"),
    State("f-province", "data"),
    State("f-years", "min"),
    State("f-years", "max"),
    prevent_initial_call=True,
)


@callback(
    Output("filters", "data"),
    Output("chips", "children"),
    Input("f-province", "value"),
    Input("f-layer", "value"),
    Input("f-years", "value"),
    State("lang", "data"),
    State("dataset", "data"),
    prevent_initial_call=True,
)
def write_filters(province: Any, layer: Any, years: Any, lang: Any, data: Any) -> tuple[dict[str, str], list[Any]]:
    """Make the filter state and its chips of what the controls say."""
    first, last = years if isinstance(years, list) and len(years) == 2 else ("", "")
    query = {"province": _joined(province), "layer": _joined(layer), "from": str(first), "to": str(last), "data": data}
    new = parse(query).filters
    return new.to_query(), chips(new, lang if lang in LANGUAGES else "zh")


def _joined(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else ""
