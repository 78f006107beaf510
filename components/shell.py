"""What stands around every page: top bar, rail of pages, filter bar, title."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from dash import html

from analytics import store
from analytics.filters import Filters
from components.address import at
from components.chart_card import chart_card
from components.filter_bar import filter_bar
from components.i18n import LANGUAGES, t
from components.icons import icon
from components.view import NODE, PLACE, View

PAGES = ("overview", "firms", "network", "technology", "space", "audit", "data")
# A page that the rail does not list -> the page of the rail that it belongs to.
SUBPAGES = {"firm": "firms", "explorer": "network", "index": "space", "region": "space", "compare": "space"}
ROUTES = {page: "" if page == "overview" else page for page in (*PAGES, *SUBPAGES)}


def route_of(page: str, lang: str) -> str:
    """Give a page's path inside the site; a page that is none leads to the overview."""
    return f"/{lang}/{ROUTES.get(page, '')}"


def page_of(path: str) -> str:
    """Give the page of a path, or not_found; the bare site is the overview in the reader's language."""
    known = {route_of(page, lang).rstrip("/"): page for page in ROUTES for lang in LANGUAGES} | {"": "overview"}
    return known.get(path.rstrip("/"), "not_found")


def path_of(page: str, lang: str) -> str:
    """Give the address of a page as links say it."""
    return at(route_of(page, lang))


def link_to(page: str, lang: str, filters: Filters, **query: str) -> str:
    """Give the link to a page with the reader's filters and what else `query` says."""
    said = urlencode({**query, **filters.to_query()}, safe=",")
    return path_of(page, lang) + (f"?{said}" if said else "")


def shell(view: View, content: list[Any], charts: tuple[str, ...] = (), heading: list[Any] | None = None) -> html.Div:
    """Give a whole page: the frame, the filters that `charts` answer to, heading and content.

    A page of `SUBPAGES` has no filters; `heading` stands in place of the page's own title and lead.
    """
    lang = view.lang
    main = html.Main(
        [
            *([] if view.page in SUBPAGES else [filter_bar(view, charts)]),
            *_own_data(view),
            *(_heading(view) if heading is None else heading),
            *content,
        ],
        id="content",
        className="content",
        tabIndex=-1,
    )
    skip = html.A(t("app.skip", lang), href="#content", className="skip")
    return html.Div([skip, _topbar(view), html.Div([_rail(view), main], className="columns")], className="shell")


def chart_page(
    spans: dict[str, int], *above: Callable[[View], Any], below: Callable[[View], Any] | None = None
) -> Callable[[View], html.Div]:
    """Make the layout of a page of cards; `above` gives what stands over them, `below` what stands under them."""
    under = [below] if below else []

    def layout(view: View) -> html.Div:
        if view.embed:
            return embedded(view, view.card if view.card in spans else next(iter(spans)))
        parts = [*(make(view) for make in above), cards(view, spans), *(make(view) for make in under)]
        return shell(view, parts, tuple(spans))

    return layout


def embedded(view: View, chart: str) -> html.Div:
    """Give one card without the page around it, for the page of another document, and the way to the whole."""
    lang = view.lang
    version = html.Span(t("app.version", lang, version=store.manifest()["version"]), className="version")
    whole = html.A(t("app.name", lang), href=path_of(view.page, lang), className="keep-query", target="_blank")
    main = html.Main(
        [
            html.H1(t(f"chart.{chart}.subtitle", lang), className="sr-only"),
            filter_bar(view, (chart,)),
            html.Div(chart_card(chart, view, 12), className="grid"),
            html.P([whole, " · ", version], className="embedded-way"),
        ],
        id="content",
        tabIndex=-1,
    )
    return html.Div(main, className="embedded")


def cards(view: View, spans: dict[str, int]) -> html.Div:
    """Give the cards of a page in their grid; `spans` are columns of twelve by chart."""
    return html.Div([chart_card(chart, view, span) for chart, span in spans.items()], className="grid")


def _heading(view: View) -> list[Any]:
    """Give the page's finding; over other data, which it is not about, the page's name."""
    if not view.of_report():
        return [html.H1(t(f"nav.{view.page}", view.lang))]
    return [
        html.H1(t(f"page.{view.page}.title", view.lang)),
        html.P(t(f"page.{view.page}.lead", view.lang), className="lead"),
    ]


def _own_data(view: View) -> list[html.P]:
    """Say that a reader's own data are shown, and the way back."""
    if not view.filters.data:
        return []
    back = html.A(t("app.own_data_leave", view.lang), href=path_of(SUBPAGES.get(view.page, view.page), view.lang))
    return [html.P([t("app.own_data", view.lang), " ", back], className="notice", role="status")]


def _topbar(view: View) -> html.Header:
    lang, other = view.lang, "en" if view.lang == "zh" else "zh"
    cutoff = store.origin()["cutoff"]["data"]
    theme = html.Button(
        icon("theme"),
        id="theme-toggle",
        className="theme-toggle",
        type="button",
        **{"aria-label": t("app.theme", lang)},
    )
    twin = html.A(
        t("app.other_language", lang),
        **_carried(view.page, view, "lang-link", other),
        hrefLang=other,
        **{"aria-label": t("app.other_language_label", lang)},
    )
    return html.Header(
        [
            html.A(t("app.name", lang), **_carried("overview", view, "brand")),
            html.Span(t("app.edition", lang, cutoff=cutoff), className="edition"),
            html.Span(className="topbar-grow"),
            html.Span(t("app.version", lang, version=store.manifest()["version"]), className="version"),
            twin,
            _help(lang),
            theme,
        ],
        className="topbar",
    )


def _help(lang: str) -> html.Button:
    said = {"aria-label": t("help.open", lang), "aria-haspopup": "dialog", "data-lost": t("help.lost", lang)}
    return html.Button("?", id="help-toggle", className="theme-toggle help-toggle", type="button", **said)


def _rail(view: View) -> html.Nav:
    return html.Nav(
        [_rail_link(page, view) for page in PAGES], className="rail", **{"aria-label": t("app.navigation", view.lang)}
    )


def _rail_link(page: str, view: View) -> html.A:
    here = {"aria-current": "page"} if page == view.page else {}
    here |= {"aria-current": "true"} if page == SUBPAGES.get(view.page) else {}
    inside = [icon(page), html.Span(t(f"nav.{page}", view.lang))]
    return html.A(inside, **_carried(page, view, "rail-link"), **here)


def _carried(page: str, view: View, name: str, lang: str = "") -> dict[str, str]:
    """Give address and class of a link that takes the reader's filters along.

    The browser does so where it has a filter bar; a page of `SUBPAGES`, which has none, says it all itself.
    """
    if view.page not in SUBPAGES:
        return {"href": path_of(page, lang or view.lang), "className": f"{name} keep-query"}
    own = {NODE: view.node, PLACE: view.place} if page == view.page else {}
    said = {key: value for key, value in own.items() if value}
    return {"href": link_to(page, lang or view.lang, view.filters, **said), "className": name}
