"""The page of a chapter: heading, choices, sections; and the index of all chapters."""

from dataclasses import replace
from typing import Any

from dash import html

from analytics import store
from analytics.filters import Filters
from analytics.regions import Chapter, Place, asked_of, places
from components.address import at
from components.firm_words import name_code
from components.i18n import t
from components.region_sections import source
from components.region_tables import place_link
from components.region_words import say_opening
from components.shell import link_to
from components.view import View


def chapter_heading(chapter: Chapter, view: View) -> list[Any]:
    """Give the way back, the name, what belongs to it, the opening and the files."""
    lang, place = view.lang, chapter.place
    return [
        html.P(way_back(view), className="profile-back"),
        html.H1(t("chapter.title", lang, name=place.name(lang))),
        html.P(_belongs(place, view), className="region-belongs"),
        html.P(say_opening(chapter, lang), className="region-opening"),
        source(view),
        choices("region", view, place.key),
        html.P(_ways(place, view), className="region-ways"),
    ]


def way_back(view: View) -> html.A:
    """Give the link to the page that lists the chapters."""
    return html.A(t("chapter.back", view.lang), href=link_to("space", view.lang, asked_of(view.filters)))


def _belongs(place: Place, view: View) -> list[Any]:
    """Name the provinces of a region, or the regions of a province, each with its link."""
    others = [
        one for one in places().values() if one.is_region != place.is_region and set(one.codes) & set(place.codes)
    ]
    if not others:
        return [t("chapter.no_region", view.lang)]
    words = t("chapter.provinces" if place.is_region else "chapter.regions", view.lang)
    links: list[Any] = [words]
    for position, one in enumerate(others):
        links += [_comma(view.lang) if position else " ", place_link(one.key, one.name(view.lang), view)]
    return links


def _ways(place: Place, view: View) -> list[Any]:
    lang, filters = view.lang, asked_of(view.filters)
    with_others = ",".join(dict.fromkeys([place.key, *[key for key in ("11", "44", "31") if key != place.key]][:3]))
    return [
        html.A(t("chapter.file", lang), href=file_link(place, view), download=True, className="button"),
        " ",
        html.A(t("chapter.compare", lang), href=link_to("compare", lang, filters, place=with_others)),
        " ",
        html.A(t("chapter.charts", lang), href=charts_link(place, view)),
        html.Span(t("chapter.print", lang), className="region-hint"),
    ]


def file_link(place: Place, view: View) -> str:
    """Give the link to the chapter as one file."""
    said = link_to("region", view.lang, asked_of(view.filters)).partition("?")[2]
    return at(f"/region/{view.lang}/{place.key}.html" + (f"?{said}" if said else ""))


def charts_link(place: Place, view: View) -> str:
    """Give the link to the charts of the space page for the place alone."""
    return link_to("space", view.lang, replace(asked_of(view.filters), provinces=tuple(sorted(place.codes))))


def choices(page: str, view: View, keys: str) -> html.Nav:
    """Give the years and layers to choose as links, the present ones marked."""
    lang, filters = view.lang, asked_of(view.filters)
    years = [(f"{a}–{b}" if a < b else f"{a}", replace(filters, years=(a, b))) for a, b in _spans(filters.data)]
    layers = [(t("chapter.all_layers", lang), replace(filters, layers=()))]
    slugs = store.layers()["slug"]
    layers += [(name_code("layers", str(slug), lang), replace(filters, layers=(str(slug),))) for slug in slugs]
    groups = [("filter.years", years), ("filter.layer", layers)]
    inside = [_group(t(label, lang), found, page, view, keys) for label, found in groups]
    return html.Nav(inside, className="region-choices", **{"aria-label": t("filter.label", lang)})


def _spans(data: str) -> list[tuple[int, int]]:
    """Give the whole span of years, its halves, and its last year."""
    first, last = store.span(data)
    middle = (first + last) // 2
    found = [(first, last), (first, middle), (min(middle + 1, last), last), (last, last)]
    return list(dict.fromkeys(found))


def _group(label: str, found: list[tuple[str, Filters]], page: str, view: View, keys: str) -> html.Div:
    now = asked_of(view.filters)
    links = [
        html.A(
            name,
            href=link_to(page, view.lang, filters, place=keys),
            className="region-choice",
            **({"aria-current": "true"} if filters == now else {}),
        )
        for name, filters in found
    ]
    return html.Div([html.Span(label, className="filter-label"), *links])


def unknown(view: View) -> list[Any]:
    """Say that a link names no place, and lead to those that there are."""
    said = t("chapter.unknown_text" if view.place else "chapter.unnamed_text", view.lang)
    return [html.H1(t("chapter.unknown", view.lang)), html.P(said, className="lead")]


def index(view: View) -> html.Section:
    """Give the links to all chapters: the regions with their provinces, then all provinces."""
    lang = view.lang
    regions = [one for one in places().values() if one.is_region]
    cards = [
        html.Li([place_link(one.key, one.name(lang), view), html.Span(_members(one, lang), className="region-members")])
        for one in regions
    ]
    provinces = [html.Li(place_link(one.key, one.name(lang), view)) for one in places().values() if not one.is_region]
    compare = html.A(
        t("chapter.compare_index", lang), href=link_to("compare", lang, asked_of(view.filters), place="11,44,31")
    )
    inside = [
        html.Div(html.H2(t("chapter.index", lang)), className="card-head"),
        html.P([t("chapter.index_text", lang), " ", compare]),
        html.Ul(cards, className="region-index region-index-regions"),
        html.Ul(provinces, className="region-index"),
    ]
    return html.Section(inside, className="panel region-panel", id="regions")


def _members(place: Place, lang: str) -> str:
    names = [name_code("provinces", code, lang) for code in place.codes]
    return _comma(lang).join(names)


def _comma(lang: str) -> str:
    return t("chapter.comma", lang) + ("" if lang == "zh" else " ")
