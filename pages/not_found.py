"""Nothing is here: say so, and show the way back."""

from dash import html

from components.i18n import t
from components.shell import path_of, shell
from components.view import View


def layout(view: View) -> html.Div:
    """Give the page for a path that leads nowhere."""
    back = html.A(t("state.back_home", view.lang), href=path_of("overview", view.lang), className="way-back")
    return shell(view, [html.P(back, className="not-found")])
