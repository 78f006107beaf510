"""The script of the table of firms: 1.3 MB that no other page needs, nor this one before the table comes into view."""

from functools import cache
from pathlib import Path

import dash_ag_grid
from dash.fingerprint import build_fingerprint

from components.address import at

NAMESPACE, FILE = "dash_ag_grid", "dash_ag_grid.min.js"


def set_grid_aside() -> None:
    """Keep Dash from listing the script on every page; it still serves it, and the parts that the script asks for."""
    for one in dash_ag_grid._js_dist:
        if one["relative_package_path"] == FILE:
            one["dynamic"] = True


@cache
def grid_script() -> str:
    """Give the link of the script, which holds its version and time as the links do that Dash itself makes."""
    changed = int((Path(dash_ag_grid.__file__).parent / FILE).stat().st_mtime)
    name = build_fingerprint(FILE, dash_ag_grid.__version__, changed)
    return at(f"/_dash-component-suites/{NAMESPACE}/{name}")
