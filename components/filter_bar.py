"""The filter bar: the one writer of the filter state."""

from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Input, Output, State, callback, ctx, dcc, html
from dash.exceptions import PreventUpdate

from analytics import store
from analytics.filters import YEARS, Filters, codes, parse
from components.charts import CHARTS
from components.i18n import t
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
    regions = store.regions()
    buttons = [_region("", t("filter.all", lang))]
    buttons += [_region(slug, t(f"region.{slug}", lang)) for slug in regions["slug"]]
    return html.Div(buttons, className="regions")


def _region(slug: str, label: str) -> html.Button:
    return html.Button(label, id={"region": slug}, type="button", className="region")


def _layers(filters: Filters, lang: str) -> dmc.ChipGroup:
    named = ((row.slug, getattr(row, f"name_{lang}")) for row in store.layers().itertuples())
    marks = [dmc.Chip(name, value=slug, size="xs", radius="sm") for slug, name in named]
    return dmc.ChipGroup(marks, id="f-layer", multiple=True, value=list(filters.layers))


def _years(filters: Filters, lang: str) -> dmc.RangeSlider:
    ends = [{"value": year, "label": str(year)} for year in YEARS]
    return dmc.RangeSlider(
        id="f-years",
        value=list(filters.years),
        min=YEARS[0],
        max=YEARS[1],
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
    if filters.years != YEARS:
        marks += [("years", "", f"{filters.years[0]}–{filters.years[1]}")]
    found: list[Any] = [_chip(f"{field}:{value}", name, lang) for field, value, name in marks]
    reset = html.Button(t("filter.reset", lang), id={"chip": "reset"}, type="button", className="reset")
    return [*found, reset] if found else []


def _chip(key: str, name: str, lang: str) -> html.Button:
    label = {"aria-label": t("filter.remove", lang, name=name)}
    inside = [html.Span(name), html.Span("×", **{"aria-hidden": "true"})]
    return html.Button(inside, id={"chip": key}, type="button", className="chip", **label)


@callback(
    Output("filters", "data"),
    Output("f-province", "value"),
    Output("f-layer", "value"),
    Output("f-years", "value"),
    Output("chips", "children"),
    Input("f-province", "value"),
    Input("f-layer", "value"),
    Input("f-years", "value"),
    Input({"region": ALL}, "n_clicks"),
    Input({"chip": ALL}, "n_clicks"),
    Input({"part": "graph", "chart": ALL}, "clickData"),
    State("filters", "data"),
    State("lang", "data"),
    prevent_initial_call=True,
)
def write_filters(province: Any, layer: Any, years: Any, _r: Any, _c: Any, _g: Any, query: Any, lang: Any) -> Any:
    """Take one change of a control, a chip, a region or a clicked province into the filter state."""
    now = parse(query if isinstance(query, dict) else {}).filters
    trigger, value = ctx.triggered_id, ctx.triggered[0]["value"] if ctx.triggered else None
    lang = lang if lang in ("zh", "en") else "zh"
    new = _controls(province, layer, years) if isinstance(trigger, str) else _clicked(now, trigger, value)
    if new == now:
        raise PreventUpdate
    return new.to_query(), list(new.provinces), list(new.layers), list(new.years), chips(new, lang)


def _controls(province: Any, layer: Any, years: Any) -> Filters:
    first, last = years if isinstance(years, list) and len(years) == 2 else YEARS
    query = {"province": _joined(province), "layer": _joined(layer), "from": str(first), "to": str(last)}
    return parse(query).filters


def _joined(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else ""


def _clicked(now: Filters, trigger: Any, value: Any) -> Filters:
    """Apply a click; a click that says nothing leaves the filters as they are."""
    if not isinstance(trigger, dict) or not value:
        return now
    if "region" in trigger:
        codes_of = _region_codes(str(trigger["region"]))
        return now if codes_of is None else Filters(codes_of, now.layers, now.years)
    if "chip" in trigger:
        return without(now, str(trigger["chip"]))
    code = clicked_province(value)
    return toggled(now, code) if code else now


def _region_codes(slug: str) -> tuple[str, ...] | None:
    if not slug:
        return ()  # the button for all of China
    found = store.regions().loc[lambda rows: rows["slug"].eq(slug), "provinces"]
    return tuple(sorted(found.iloc[0].split(";"))) if len(found) else None


def without(filters: Filters, key: str) -> Filters:
    """Take back the choice that a chip stands for; `reset` takes back all."""
    field, _, value = key.partition(":")
    if field == "reset":
        return Filters()
    provinces = tuple(code for code in filters.provinces if (field, code) != ("provinces", value))
    layers = tuple(slug for slug in filters.layers if (field, slug) != ("layers", value))
    return Filters(provinces, layers, YEARS if field == "years" else filters.years)


def toggled(filters: Filters, code: str) -> Filters:
    """Choose a province, or take it back."""
    chosen = set(filters.provinces) ^ {code}
    return Filters(tuple(sorted(chosen)), filters.layers, filters.years)


def clicked_province(click: Any) -> str:
    """Give the province of a clicked bar, dot or polygon, or an empty string."""
    points = click.get("points") if isinstance(click, dict) else None
    point = points[0] if isinstance(points, list) and points and isinstance(points[0], dict) else {}
    code = point.get("customdata")
    code = code[0] if isinstance(code, list) and code else code  # a polygon's data come whole
    return code if isinstance(code, str) and code in codes("provinces") else ""
