"""One province or region as a chapter of the report: `place` of the link names it."""

from dash import html

from analytics.regions import read_chapter, read_places
from components.region_chapter import chapter_heading, index, unknown
from components.region_chart import years_chart
from components.region_sections import sections
from components.shell import shell
from components.view import View


def layout(view: View) -> html.Div:
    """Give the chapter of the one place that the link names; where there is none, say so and list them all."""
    found, _ = read_places(view.place)
    if len(found) != 1:
        return shell(view, [index(view)], heading=unknown(view))
    chapter = read_chapter(found[0], view.filters)
    parts = html.Div(sections(chapter, view, years_chart(chapter, view.lang)), className="region-chapter")
    return shell(view, [parts], heading=chapter_heading(chapter, view))
