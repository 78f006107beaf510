"""The script that the explorer draws with: half a megabyte that no other page needs."""

from functools import cache
from pathlib import Path

import dash_cytoscape
from dash.fingerprint import build_fingerprint

from components.address import at

NAMESPACE, FILE = "dash_cytoscape", "dash_cytoscape.min.js"
PAGE = "explorer"


def set_cytoscape_aside() -> None:
    """Keep Dash from listing the script on every page; it still serves it."""
    for one in dash_cytoscape._js_dist:
        one["dynamic"] = True


@cache
def cytoscape_script(page: str) -> str:
    """Give the tag of the script on the page that draws with it, elsewhere nothing."""
    if page != PAGE:
        return ""
    changed = int((Path(dash_cytoscape.__file__).parent / FILE).stat().st_mtime)
    name = build_fingerprint(FILE, dash_cytoscape.__version__, changed)
    return f'<script src="{at("/_dash-component-suites")}/{NAMESPACE}/{name}"></script>'
