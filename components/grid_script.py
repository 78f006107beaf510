"""The script of the table of firms, for the pages that hold it: 1.3 MB that no other page needs."""

from pathlib import Path

import dash_ag_grid
from dash.fingerprint import build_fingerprint

GRID_PAGES = ("firms",)
NAMESPACE, FILE = "dash_ag_grid", "dash_ag_grid.min.js"


def set_grid_aside() -> None:
    """Keep Dash from listing the script on every page; it still serves it, and the parts that the script asks for."""
    for one in dash_ag_grid._js_dist:
        if one["relative_package_path"] == FILE:
            one["dynamic"] = True


def grid_script(page: str) -> str:
    """Give the tag that loads the script, or nothing for a page without a table.

    The link holds version and time of the file, as those that Dash itself makes.
    """
    if page not in GRID_PAGES:
        return ""
    changed = int((Path(dash_ag_grid.__file__).parent / FILE).stat().st_mtime)
    name = build_fingerprint(FILE, dash_ag_grid.__version__, changed)
    return f'<script src="/_dash-component-suites/{NAMESPACE}/{name}"></script>'
