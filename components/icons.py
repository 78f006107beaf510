"""Line icons, drawn here; an inline mask keeps them in the text's colour and asks no host."""

from urllib.parse import quote

from dash import html

_PATHS = {
    "overview": "M3 3h7v7H3zM14 3h7v4h-7zM14 11h7v10h-7zM3 14h7v7H3z",
    "firms": "M4 21V5l8-3v19M12 9h8v12M2 21h20M7 8h2M7 12h2M7 16h2M15 13h2M15 17h2",
    "network": (
        "M12 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM5 21a3 3 0 1 0 0-6 3 3 0 0 0 0 6z"
        "M19 21a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM10.5 8.5l-4 7M13.5 8.5l4 7M8 18h8"
    ),
    "technology": "M7 7h10v10H7zM10 2v5M14 2v5M10 17v5M14 17v5M2 10h5M2 14h5M17 10h5M17 14h5",
    "space": "M12 22s7-6.5 7-12a7 7 0 1 0-14 0c0 5.5 7 12 7 12zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    "audit": "M9 3h6v4H9zM9 5H5v16h14V5h-4M8.5 14l2.5 2.5 4.5-5",
    "data": "M4 6c0-4 16-4 16 0v12c0 4-16 4-16 0zM4 6c0 4 16 4 16 0M4 12c0 4 16 4 16 0",
    "theme": "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
}


def icon(name: str) -> html.Span:
    """Give an icon as a span that the text's colour fills."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000" '
        f'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="{_PATHS[name]}"/></svg>'
    )
    mask = f'url("data:image/svg+xml,{quote(svg)}") center / contain no-repeat'
    style = {"mask": mask, "WebkitMask": mask, "backgroundColor": "currentColor", "display": "inline-block"}
    return html.Span(className="icon", style=style, **{"aria-hidden": "true"})
