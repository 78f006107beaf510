"""What an answer tells browsers to refuse, and what the app takes from a proxy in front of it."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from dash import Dash
from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from analytics.settings import value
from components.address import prefix

HSTS = "max-age=31536000"
# Nothing of a reader's device is asked for; full screen is the cards' own button.
PERMISSIONS = ", ".join(
    f"{name}=()" for name in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "serial")
)
OTHERS = {
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": PERMISSIONS,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# For old browsers; this header knows no list of sites.
OLD_FRAMES = {"'none'": {"X-Frame-Options": "DENY"}, "'self'": {"X-Frame-Options": "SAMEORIGIN"}}

Start = Callable[..., Any]
Wsgi = Callable[[dict[str, Any], Start], Iterable[bytes]]


def protect(app: Dash) -> None:
    """Give every answer its headers."""
    frames = value("AIM_FRAMES")

    @cache
    def policy() -> str:
        # Made with the first answer: Dash adds a script of its own while it gets ready for that.
        return content_policy(app.csp_hashes(), frames)

    def add(answer: Response) -> Response:
        for name, text in {**OTHERS, **OLD_FRAMES.get(frames, {})}.items():
            answer.headers.setdefault(name, text)
        answer.headers["Content-Security-Policy"] = policy()
        if request.is_secure:
            answer.headers["Strict-Transport-Security"] = HSTS
        return answer

    app.server.after_request(add)


def content_policy(hashes: Iterable[str], frames: str) -> str:
    """Write the policy: scripts of this site and those few inline ones that Dash makes, no eval.

    Styles may stand in attributes, as charts and Mantine set them there; data and blob pictures are
    what charts are exported through.
    """
    parts = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *hashes]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": frames,
    }
    return "; ".join(f"{name} {text}" for name, text in parts.items())


def behind_proxies(server: Flask) -> None:
    """Believe as many proxies as are set, and take the path off that they show the site under."""
    inner: Any = server.wsgi_app
    hops = value("AIM_PROXIES")
    if prefix():
        inner = _without_prefix(inner, prefix())
    if hops:
        inner = ProxyFix(inner, x_for=hops, x_proto=hops, x_host=hops, x_port=hops)
    server.wsgi_app = inner  # type: ignore[method-assign]


def _without_prefix(inner: Wsgi, start: str) -> Wsgi:
    """Take `start` off a path, whether the proxy leaves it there or not: a probe asks without it."""

    def answer(environ: dict[str, Any], respond: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == start or path.startswith(f"{start}/"):
            environ["PATH_INFO"] = path[len(start) :] or "/"
            environ["SCRIPT_NAME"] = start
        return inner(environ, respond)

    return answer
