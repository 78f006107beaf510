"""The value network to walk through: neighbourhoods, chains, hubs, groups."""

from dash import html

from components.explorer import explorer
from components.shell import shell
from components.view import View


def layout(view: View) -> html.Div:
    """Give the explorer; the link says what it shows."""
    return shell(view, [explorer(view)])
