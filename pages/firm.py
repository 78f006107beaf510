"""One firm or organization: `id` of the link names it."""

from dash import html

from analytics.profiles import read_profile
from components.firm_profile import heading, parts, way_back
from components.i18n import t
from components.shell import shell
from components.view import View


def layout(view: View) -> html.Div:
    """Give the profile of the node that the link names; where there is none, say so and lead back."""
    lang = view.lang
    profile = read_profile(view.node, view.filters.data) if view.node else None
    if profile is None:
        said = [html.H1(t("profile.unknown", lang)), html.P(t("profile.unknown_text", lang), className="lead")]
        return shell(view, [html.P(way_back(view), className="not-found")], heading=said)
    return shell(view, [parts(profile, view)], heading=heading(profile, view))
