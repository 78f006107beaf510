"""How do two to four provinces or regions differ? `place` of the link names them."""

from dash import html

from analytics.regions import read_chapter, read_places
from components.region_compare import heading, panels
from components.shell import shell
from components.view import View


def layout(view: View) -> html.Div:
    """Give the comparison; of fewer than two places only the choice."""
    found, whole = read_places(view.place)
    chapters = [read_chapter(place, view.filters) for place in found]
    content = [panels(chapters, view)] if len(chapters) > 1 else []
    return shell(view, content, heading=heading(found, whole, view))
