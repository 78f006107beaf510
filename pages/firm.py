"""One firm or organization."""

from dash import html

from components.shell import shell
from components.view import View


def layout(view: View) -> html.Div:
    """Give the profile of the node that the link names."""
    return shell(view, [])
