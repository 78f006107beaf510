"""Links made at random from what the app knows and from junk: whatever is asked, the app never breaks.

The environment variable `FUZZ` sets how many; `make bench-load` asks 10,000.
"""

import os
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.filters import KEYS
from app import server
from components.charts import CHARTS
from components.i18n import LANGUAGES
from components.shell import ROUTES, route_of
from tests.wire.calls import CALL, page_call

READER = server.test_client()
LINKS = int(os.environ.get("FUZZ", "200"))
PARAMETERS = {"max_examples": LINKS, "deadline": None, "suppress_health_check": list(HealthCheck)}
# Rules that hold a folder or write; uploads have hostile tests of their own.
RULES = sorted(
    rule.rule for rule in server.url_map.iter_rules() if "GET" in (rule.methods or ()) and "upload" not in rule.rule
)
junk = st.text(max_size=12) | st.sampled_from(
    ["", "0", "-1", "1e999", "../..", "\x00", "％", "a" * 3000, "11,44", "全"]
)
known = st.sampled_from(["11", "44,31", "base", "2016", "2023", "9999", "zh", "en", "hubs", "near", "value", "-degree"])
keys = st.sampled_from(
    [*KEYS.values(), *list(CHARTS)[:12], "from", "to", "lang", "charts", "option", "table", "id", "node", "view",
     "open", "gone", "q", "row", "sort", "start", "end", "search", "pin", "data"]
) | st.text(max_size=6)  # fmt: skip
queries = st.lists(st.tuples(keys, known | junk | st.sampled_from(list(CHARTS))), max_size=5)


@st.composite
def paths(draw: st.DrawFn) -> str:
    parts = draw(st.sampled_from(RULES)).replace(">", "<").split("<")
    filled = [
        one if at % 2 == 0 else quote(draw(known | junk | st.sampled_from(list(CHARTS))))
        for at, one in enumerate(parts)
    ]
    return "".join(filled)


@given(path=paths(), query=queries)
@settings(**PARAMETERS)
def test_any_link(path: str, query: list[tuple[str, str]]) -> None:
    answer = READER.get(f"{path}?{urlencode(query, errors='surrogatepass')}")
    assert answer.status_code < 500, (path, query)


@given(
    page=st.sampled_from(sorted(ROUTES)),
    lang=st.sampled_from(LANGUAGES),
    query=queries,
    changes=st.dictionaries(st.sampled_from(["inputs", "outputs", "output", "state", "changedPropIds"]),
                            st.none() | st.lists(junk, max_size=2) | junk, max_size=1),
)  # fmt: skip
@settings(**{**PARAMETERS, "max_examples": max(LINKS // 4, 1)})  # a whole page each
def test_any_call(page: str, lang: str, query: list[tuple[str, str]], changes: dict[str, object]) -> None:
    search = f"?{urlencode(query, errors='surrogatepass')}"
    call = {**page_call(READER, route_of(page, lang), search), **changes}
    assert READER.post(CALL, json=call).status_code < 500, call
