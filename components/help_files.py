"""Answers to the help's window and to the tour: asked for when a reader opens them, so that no page carries them."""

from flask import Blueprint, Response, jsonify, request

from components.files import reader_language
from components.help import help_content, tour_steps
from components.i18n import LANGUAGES
from components.markup import to_html

help_files = Blueprint("help_files", __name__)


@help_files.get("/help/window.html")
def window() -> Response:
    """Send what the help's window holds, as HTML."""
    return Response(to_html(help_content(_lang())), mimetype="text/html")


@help_files.get("/help/tour.json")
def tour() -> Response:
    """Send the tour's steps."""
    return jsonify(tour_steps(_lang()))


def _lang() -> str:
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else reader_language()
