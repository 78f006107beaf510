"""Dash's elements as HTML: what a redrawn card holds is the same as what a page holds."""

from html import escape
from typing import Any

NAMES = {"className": "class", "tabIndex": "tabindex", "colSpan": "colspan", "htmlFor": "for"}
# For lists that open: inside their landmark, where readers of a screen expect them, not at the page's end.
IN_PLACE = {"withinPortal": False}
VOID = ("br", "hr", "img", "input")


def to_html(element: Any) -> str:
    """Write elements of `dash.html`, text, numbers, lists of them or nothing as HTML, all text escaped."""
    if element is None:
        return ""
    if isinstance(element, (list, tuple)):
        return "".join(map(to_html, element))
    if not hasattr(element, "to_plotly_json"):
        return escape(str(element))
    name, props = type(element).__name__.lower(), element.to_plotly_json()["props"]
    inside = to_html(props.pop("children", None))
    start = f"<{name}{''.join(_attribute(key, value) for key, value in props.items())}>"
    return start if name in VOID else f"{start}{inside}</{name}>"


def _attribute(key: str, value: Any) -> str:
    if key == "style" and isinstance(value, dict):
        return f' style="{escape(";".join(f"{name}:{one}" for name, one in value.items()))}"'
    if value is None or value is False or isinstance(value, dict):
        return ""
    name = NAMES.get(key, key)
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
