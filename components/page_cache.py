"""Pages' contents kept as they were sent: making one takes 30 ms, and most readers open the same ones."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from flask import Flask, Response, g, request

from analytics import store
from analytics.errors import SnapshotError
from components.address import prefix
from components.calls import body
from components.shell import page_of

CALL, PAGE = "/_dash-update-component", ".._pages_content"  # the start of the output that is a page
MOST_KEPT = 128  # answers, 20 to 80 kB each as browsers take them
LONGEST = 2_000  # bytes of a call
KEPT_HEADERS = ("Content-Type", "Content-Encoding", "Vary")
Key = tuple[bytes, str, str, str]

_kept: OrderedDict[Key, tuple[bytes, dict[str, str]]] = OrderedDict()
_lock = Lock()


def keep_pages(server: Flask) -> None:
    """Answer calls for pages from what was sent before; call it before the compression is set up, so that its work is
    kept too.
    """
    server.before_request(_answer)
    server.after_request(_keep)


def _answer() -> Response | None:
    g.page_key = _key()
    with _lock:
        content, headers = _kept.get(g.page_key, (None, {})) if g.page_key else (None, {})
    return None if content is None else Response(content, headers=headers)


def _keep(answer: Response) -> Response:
    key = g.get("page_key")
    if key is not None and key not in _kept and answer.status_code == 200:
        headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
        with _lock:
            _kept[key] = answer.get_data(), headers
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return answer


def _key() -> Key | None:
    """Give all that a page's answer depends on; None for other calls, and for readers' own data, which may go."""
    if request.path != CALL or request.method != "POST" or (request.content_length or LONGEST) >= LONGEST:
        return None
    path, search = _asked(body())
    # The bare site is in the reader's language, which is none of the call's words.
    if not path.strip("/") or page_of(path) == "not_found" or "data=" in search:
        return None
    try:
        name = store.snapshot().name
    except SnapshotError:
        return None
    return request.get_data(), request.headers.get("Accept-Encoding", ""), request.host_url, name


def _asked(call: Any) -> tuple[str, str]:
    """Give path and search of a call for a page, nothing for any other."""
    if not isinstance(call, dict) or not str(call.get("output", "")).startswith(PAGE):
        return "", ""
    inputs = call["inputs"] if isinstance(call.get("inputs"), list) else []
    found = {str(one.get("property")): str(one.get("value")) for one in inputs if isinstance(one, dict)}
    return found.get("pathname", "").removeprefix(prefix()), found.get("search", "")
