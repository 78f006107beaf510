"""A chapter as one file that needs nothing else: words, tables, drawing and data."""

import json
from html import escape
from pathlib import Path
from typing import Any

from dash import html
from flask import Blueprint, Response, request

from analytics import store
from analytics.errors import SnapshotError
from analytics.filters import parse
from analytics.regions import Chapter, asked_of, read_chapter, read_places
from components.i18n import HTML_LANG, LANGUAGES, t
from components.markup import to_html
from components.region_chart import years_svg
from components.region_sections import SECTIONS, section, source
from components.region_tables import NEAR
from components.region_words import SAY, say_opening
from components.view import View

STYLE = (Path(__file__).parent / "region_file.css").read_text("utf-8")
PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><main>{body}</main><script type="application/json" id="data">{data}</script></body></html>
"""

region_files = Blueprint("region_files", __name__)


@region_files.get("/region/<lang>/<key>.html")
def chapter_file(lang: str, key: str) -> Response:
    """Send the chapter of a place in a language, under the filters of the link."""
    if lang not in LANGUAGES:
        return _refused(t("chapter.no_language", "en"))
    try:
        found, whole = read_places(key)
        if len(found) != 1 or not whole:
            return _refused(t("chapter.unknown", lang))
        place = found[0]
        filters = asked_of(parse(request.args.to_dict(flat=False)).filters)
        chapter = read_chapter(place, filters)
        content = write_chapter(chapter, View(lang, "region", filters, place=place.key))
    except SnapshotError:
        return Response(t("state.no_snapshot", lang) + "\n", 503, mimetype="text/plain")
    answer = Response(content, mimetype="text/html")
    answer.headers["Content-Disposition"] = f'attachment; filename="chapter-{place.key}-{lang}.html"'
    return answer


def _refused(said: str) -> Response:
    return Response(said + "\n", 404, mimetype="text/plain")


def write_chapter(chapter: Chapter, view: View) -> str:
    """Write the chapter as HTML; its links are left out, since they lead nowhere without the application."""
    title = t("chapter.title", view.lang, name=chapter.place.name(view.lang))
    head = [html.H1(title), html.P(say_opening(chapter, view.lang), className="region-opening"), source(view)]
    parts = [section(name, chapter, view, []) for name in SECTIONS]
    body = to_html(without_links([*head, *parts])) + years_svg(chapter, view.lang) + to_html(_cited(view))
    data = json.dumps(data_of(chapter, view), ensure_ascii=False).replace("<", "\\u003c")
    words = {"lang": HTML_LANG[view.lang], "title": escape(title), "style": STYLE}
    return PAGE.format(**words, body=body, data=data)


def _cited(view: View) -> list[Any]:
    version = t("chapter.version", view.lang, version=store.manifest()["version"])
    return [html.P(store.origin()["citation"][view.lang], className="region-source"), html.P(version)]


def without_links(element: Any) -> Any:
    """Give elements with every link as plain text."""
    if isinstance(element, (list, tuple)):
        return [without_links(one) for one in element]
    if not hasattr(element, "to_plotly_json"):
        return element
    if isinstance(element, html.A):
        return html.Span("" if getattr(element, "className", "") == NEAR else element.children)
    element.children = without_links(getattr(element, "children", None))
    return element


def data_of(chapter: Chapter, view: View) -> dict[str, Any]:
    """Give the numbers of a chapter with what is needed to cite them."""
    place, lang = chapter.place, view.lang
    kind = store.snapshot(view.filters.data).manifest["dataset"]["kind"]
    return {
        "place": {"key": place.key, "provinces": list(place.codes), "name_zh": place.name_zh, "name_en": place.name_en},
        "filters": view.filters.to_query(),
        "status": "modelled" if kind == "reconstruction" else "own",
        "data_version": store.manifest()["version"],
        "citation": store.origin()["citation"][lang],
        "sentences": {"opening": say_opening(chapter, lang), **{name: say(chapter, lang) for name, say in SAY.items()}},
        "ranked_among": chapter.of,
        "core_share": plain(chapter.core),
        **{name: plain(getattr(chapter, name)) for name in CONTENT},
    }


CONTENT = ("standing", "firms", "hubs", "partners", "topics", "enablers", "peers", "years")


def plain(value: Any) -> Any:
    """Give frames, numbers and dicts of them as JSON has them; what is not known as null."""
    if hasattr(value, "to_json"):
        return json.loads(value.to_json(orient="records", force_ascii=False, double_precision=10))
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and value != value else value
