"""How competitive is each province? An index of the reader's own weights, beside the ranks that the report prints."""

from dash import html

from components.index_page import index_page
from components.shell import shell
from components.view import View


def layout(view: View) -> html.Div:
    """Give the index's page; the link holds weights and method."""
    return shell(view, index_page(view))
