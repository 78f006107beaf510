"""The filter bar: the one writer of the filter state."""

from typing import Any

import dash_mantine_components as dmc
from dash import ALL, ClientsideFunction, Input, Output, State, clientside_callback, dcc, html

from analytics import store
from analytics.filters import ENDS, KEYS, TOPICS, Filters
from components.charts import CHARTS
from components.i18n import t
from components.markup import IN_PLACE, to_html
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
        _group("end", used, _end(filters, lang), t("filter.end", lang)),
        _group("topic", used, _topic(filters, lang), t("filter.topic", lang)),
        _group("pin", {"pin"} if used else set(), _pin(lang), t("filter.compare", lang)),
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
            dcc.Store(id="followed"),
        ],
        className="filterbar" if used else "filterbar filterbar-bare",
        **{"aria-label": t("filter.label", lang), "data-span": ",".join(map(str, store.span(filters.data)))},
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
        comboboxProps=IN_PLACE,
        className="province-select",
    )


def _regions(lang: str) -> html.Div:
    buttons = [_region("", t("filter.all", lang))]
    for row in store.regions().itertuples():
        buttons.append(_region(str(row.provinces).replace(";", ","), t(f"region.{row.slug}", lang)))
    return html.Div(buttons, className="regions")


def _region(codes: str, label: str) -> html.Button:
    return html.Button(label, type="button", className="region", **{"data-region": codes})


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


def _end(filters: Filters, lang: str) -> dmc.SegmentedControl:
    choices = [{"value": end, "label": t(f"filter.end_{end}", lang)} for end in ("either", *ENDS)]
    return dmc.SegmentedControl(id="f-end", value=filters.end or "either", data=choices, size="xs")


def _topic(filters: Filters, lang: str) -> dmc.Select:
    groups = [
        {
            "group": t(f"filter.topic_{dimension}", lang),
            "items": [{"value": f"{dimension}.{code}", "label": name} for code, name in _names(table, lang).items()],
        }
        for dimension, table in TOPICS.items()
    ]
    return dmc.Select(
        id="f-topic",
        value=filters.topic or None,
        data=groups,
        searchable=True,
        clearable=True,
        size="xs",
        w=190,
        placeholder=t("filter.topic_hint", lang),
        nothingFoundMessage=t("filter.topic_empty", lang),
        **{"aria-label": t("filter.topic", lang)},
        maxDropdownHeight=280,
        comboboxProps=IN_PLACE,
    )


def _pin(lang: str) -> html.Button:
    said = {"title": t("filter.pin_hint", lang), "data-pin": "now"}
    return html.Button(t("filter.pin", lang), type="button", className="region", **said)


def _notice(view: View) -> html.P:
    keys = ("、" if view.lang == "zh" else ", ").join(t(f"filter.key_{key}", view.lang) for key in view.ignored)
    said = t("filter.ignored", view.lang, keys=keys) if view.ignored else ""
    return html.P(said, className="notice", role="status", hidden=not said)


def chips(filters: Filters, lang: str) -> list[Any]:
    """Give a chip for each choice, the pinned selection, and the reset; nothing when nothing is chosen."""
    marks = [mark for field in KEYS if field not in ("data", "pin") for mark in _marks(filters, field, lang)]
    if filters.years != store.span(filters.data):
        marks.append(("years:", f"{filters.years[0]}–{filters.years[1]}"))
    if filters.pin:
        marks.append(("pin:", t("filter.pinned", lang, name=name_selection(filters.base(), lang))))
    found: list[Any] = [_chip(key, name, lang) for key, name in marks]
    reset = html.Button(t("filter.reset", lang), type="button", className="reset", **{"data-chip": "reset"})
    return [*found, reset] if found else []


def chips_html(filters: Filters, lang: str) -> str:
    """Give the chips as HTML."""
    return to_html(chips(filters, lang))


def name_selection(filters: Filters, lang: str) -> str:
    """Name a selection by its choices, or as the whole."""
    names = [name for field in KEYS if field not in ("data", "pin") for _, name in _marks(filters, field, lang)]
    if filters.years != store.span(filters.data):
        names.append(f"{filters.years[0]}–{filters.years[1]}")
    return t("filter.and", lang).join(names) if names else t("filter.whole", lang)


def _marks(filters: Filters, field: str, lang: str) -> list[tuple[str, str]]:
    """Give key and name of a chip for every value that a field holds."""
    held = getattr(filters, field)
    values = held if isinstance(held, tuple) else [held] if held else []
    return [(f"{KEYS[field]}:{value}", name_value(field, str(value), lang)) for value in values]


def name_value(field: str, value: str, lang: str) -> str:
    """Name one value of a field as its chip does."""
    if field in ("provinces", "layers"):
        return str(_names(field, lang)[value])
    if field == "end":
        return t(f"filter.end_chip_{value}", lang)
    if field == "topic":
        dimension, _, code = value.partition(".")
        return _names(TOPICS[dimension], lang)[code]
    if field == "founded":
        return t("item.founded", lang, year=value)
    return _class_name(field, value, lang)


@store.per_snapshot
def _class_name(field: str, value: str, lang: str) -> str:
    facts = store.facts()
    name = facts.loc[facts["item"].eq(value), f"item_{lang}"].iloc[0]
    return (
        str(name)
        if field == "listed"
        else t("filter.class_chip", lang, field=t(f"filter.field_{field}", lang), name=name)
    )


@store.per_snapshot
def _names(table: str, lang: str) -> dict[str, str]:
    rows = store.tables()[table]
    return dict(zip(rows.iloc[:, 0], rows[f"name_{lang}"], strict=True))


def _chip(key: str, name: str, lang: str) -> html.Button:
    label = {"aria-label": t("filter.remove", lang, name=name), "data-chip": key}
    inside = [html.Span(name), html.Span("×", **{"aria-hidden": "true"})]
    return html.Button(inside, type="button", className="chip", **label)


# Only the browser knows what a reader chose a moment ago, so it alone keeps the choices.
clientside_callback(
    ClientsideFunction("filters", "controls"),
    Output("followed", "data"),
    Input("f-province", "value"),
    Input("f-layer", "value"),
    Input("f-years", "value"),
    Input("f-end", "value"),
    Input("f-topic", "value"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("filters", "graphs"),
    Output("followed", "data", allow_duplicate=True),
    Input({"part": "graph", "chart": ALL}, "clickData"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("filters", "switches"),
    Output("followed", "data", allow_duplicate=True),
    Input({"part": "option", "chart": ALL}, "value"),
    Input({"part": "view", "chart": ALL}, "value"),
    Input({"part": "style", "chart": ALL, "group": ALL}, "value"),
    State({"part": "option", "chart": ALL}, "id"),
    State({"part": "view", "chart": ALL}, "id"),
    State({"part": "style", "chart": ALL, "group": ALL}, "id"),
    State("filters", "data"),
    prevent_initial_call="initial_duplicate",
)
