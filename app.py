"""The web application: one Dash app, its pages in two languages, and `server` for gunicorn."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import Dash, dash_table, html, page_container
from dash.exceptions import DependencyException, InvalidResourceError, ResourceException
from flask import Flask, Request, Response, request
from flask_compress import Compress
from flask_compress.flask_compress import DictCache

from analytics import store
from analytics.errors import SnapshotError
from analytics.settings import check_settings, value
from components.address import at, prefix
from components.audit_files import audit_files
from components.calls import body, is_call
from components.cytoscape_script import cytoscape_script, set_cytoscape_aside
from components.dataset_files import dataset_files
from components.explorer_files import explorer_files
from components.files import YEAR, files, reader_language
from components.firm_files import firm_files
from components.galaxy_files import galaxy_files
from components.grid_script import set_grid_aside
from components.help_files import help_files
from components.i18n import HTML_LANG, LANGUAGES, t
from components.index_files import index_files
from components.network_panel import network_panel
from components.operations import operations
from components.page_cache import keep_pages
from components.protection import behind_proxies, protect
from components.region_files import region_files
from components.shell import PAGES, ROUTES, page_of, route_of
from components.view import read_view
from components.watch import watch

ROOT = Path(__file__).parent
# Dash answers any path with the page's frame by these two rules; all else has a rule of its own.
PAGE_RULES = ("/", "/<path:path>")

LARGEST_CALL = 1_000_000  # bytes; a page's own calls take a few thousand
# The darkest shade: white words on a chosen chip need a contrast of 4.5.
THEME = {"primaryColor": "teal", "primaryShade": 9, "defaultRadius": "md"}
COMPRESSED = ["text/html", "text/css", "text/csv", "text/javascript", "application/javascript", "application/json"]
COMPRESSED += ["application/octet-stream"]  # places of the nodes
BLUEPRINTS = (
    *(files, dataset_files, audit_files, firm_files, explorer_files, network_panel, galaxy_files),
    *(index_files, help_files, region_files, operations),
)
MOST_SCRIPTS = 200  # a link may claim any version: the cache must not grow with what strangers ask

INDEX = """<!DOCTYPE html>
<html lang="{lang}" data-prefix="{prefix}" data-map="{map}" data-version="{version}">
<head>{{%metas%}}
<title>{{%title%}}</title><link rel="icon" href="data:,">{{%css%}}</head>
<body>{{%app_entry%}}<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer></body></html>"""


class Atlas(Dash):
    """Dash, whose frame of HTML knows the page's language and the data's version."""

    def interpolate_index(self, **parts: Any) -> str:
        lang = language_of(request.path)
        version = store.manifest()["version"]
        page = INDEX.format(lang=HTML_LANG[lang], prefix=prefix(), map=at(f"/map/{version}.json"), version=version)
        parts["app_entry"] = parts["app_entry"].replace("Loading...", t("app.loading", lang))
        parts["title"] = title_of(request.path)
        parts["scripts"] += cytoscape_script(page_of(request.path))
        for name, content in parts.items():
            page = page.replace(f"{{%{name}%}}", content)
        return page


def language_of(path: str) -> str:
    """Give the language of a path, the reader's own where it has none."""
    first = path.strip("/").split("/")[0]
    return first if first in LANGUAGES else reader_language()


def title_of(path: str) -> str:
    """Give the browser tab's title for a path."""
    lang = language_of(path)
    return f"{t(f'page.{page_of(path)}.title', lang)} · {t('app.name', lang)}"


def create_app() -> Dash:
    """Make the app; a second one in a process would lose the callbacks, so call it once."""
    check_settings()
    server = Flask(__name__)
    watch(server)  # first, so that its answers are the last to be touched and all are counted
    app = Atlas(
        __name__,
        server=server,
        use_pages=True,
        pages_folder="",
        assets_folder=str(ROOT / "assets"),
        update_title=None,
        suppress_callback_exceptions=True,
        compress=False,
        include_pages_meta=False,
        requests_pathname_prefix=at("/"),
        routes_pathname_prefix="/",
    )
    _register_pages()
    # Dash lists its own table on every page though none uses it: 100 kB for nothing.
    dash_table._js_dist.clear()
    set_grid_aside()
    set_cytoscape_aside()
    app.layout = dmc.MantineProvider(page_container, theme=THEME)
    for blueprint in BLUEPRINTS:
        server.register_blueprint(blueprint)
    for kind in (DependencyException, InvalidResourceError, ResourceException):
        server.register_error_handler(kind, lambda _error: Response("No such file.\n", 404, mimetype="text/plain"))
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_CALL
    server.json.sort_keys = False  # type: ignore[attr-defined]
    server.before_request(partial(_refuse_crafted, app))
    keep_pages(server)  # before the compression, so that what is kept is compressed
    _compress(server)
    server.after_request(_finish)  # runs before the compression, which takes what this leaves
    protect(app)
    behind_proxies(server)
    # Dash lists its callbacks at the first request, and a second one at that moment finds none.
    server.test_client().get("/_dash-dependencies")
    return app


def _register_pages() -> None:
    for page in ROUTES:
        for lang in LANGUAGES:
            path = route_of(page, lang)
            dash.register_page(f"{page}_{lang}", path=path, title=_title(path), layout=_answer(page, lang))
    dash.register_page("not_found_404", path="/_not_found", title=_title(""), layout=_answer("not_found", None))


def _title(path: str) -> Callable[..., str]:
    def title(**_query: Any) -> str:
        try:
            return title_of(path)
        except SnapshotError:  # the page itself says what is wrong
            return t("app.name", language_of(path))

    return title


def _answer(page: str, lang: str | None) -> Callable[..., Any]:
    """Give a layout that takes any query: its own names are out of a link's reach."""
    module = import_module(f"pages.{page}")
    return lambda **query: _layout(module, page, lang or _asked(), query)


def _asked() -> str:
    payload = request.get_json(silent=True) or {}
    inputs = payload.get("inputs", []) if isinstance(payload, dict) else []
    paths = [one.get("value") for one in inputs if isinstance(one, dict) and one.get("property") == "pathname"]
    return language_of(str(paths[0]).removeprefix(prefix())) if paths else reader_language()


def _layout(module: Any, page: str, lang: str, query: dict[str, Any]) -> Any:
    try:
        return module.layout(read_view(lang, page, query))
    except SnapshotError:
        return html.Main(
            [html.H1(t("state.no_snapshot", lang)), html.P(t("state.no_snapshot_text", lang))], className="content"
        )


def warm() -> None:
    """Make what every page shows first, in a thread of a new process: its first readers need not wait for it."""
    with server.test_request_context():
        for lang in LANGUAGES:
            for page in PAGES:
                _layout(import_module(f"pages.{page}"), page, lang, {})


def _refuse_crafted(app: Dash) -> Response | None:
    """Answer 400 to a call that no page of ours makes; Dash itself would fall over it."""
    if request.path != "/_dash-update-component" or is_call(app.callback_map, body()):
        return None
    return Response("This is no call of this application.\n", status=400, mimetype="text/plain")


def _finish(answer: Response) -> Response:
    """Give pages that lead nowhere their status, and named versions of files a year in the cache."""
    path = request.path
    if request.url_rule and request.url_rule.rule in PAGE_RULES and answer.status_code == 200:
        answer.status_code = 404 if page_of(path) == "not_found" else 200
    if not path.startswith(("/assets/", "/_")):
        answer.vary.add("Accept-Language")
    if is_named(request) and answer.status_code == 200:
        answer.direct_passthrough = False
        content = answer.get_data()
        answer.close()  # the file behind it
        answer.set_data(content)  # whole, so that its compressed form can be kept
        answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return answer


class ScriptCache(DictCache):
    """Keeps compressed scripts, whose links name their version; everything else is made anew."""

    def set(self, key: str, value: bytes) -> None:
        """Keep `value` unless the key ends with nothing after the algorithm."""
        if not key.endswith(";") and len(self.data) < MOST_SCRIPTS:
            super().set(key, value)


def _compress(server: Flask) -> None:
    server.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIMETYPES=COMPRESSED,
        COMPRESS_BR_LEVEL=5,
        COMPRESS_CACHE_BACKEND=ScriptCache,
        COMPRESS_CACHE_KEY=lambda asked: asked.path if is_named(asked) else "",
    )
    Compress(server)


def is_named(asked: Request) -> bool:
    """Tell whether a link names one version of a script or style for good."""
    has_version = asked.path.startswith("/assets/") and "m" in asked.args
    return has_version or asked.path.startswith("/_dash-component-suites/")


app = create_app()
server = app.server

if __name__ == "__main__":
    app.run(debug=False, port=value("AIM_PORT"))
