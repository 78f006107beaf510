"""Answers to the index's page: the ranking that a link asks for, with the reader's own table where one comes along."""

from typing import Any

import pandas as pd
from flask import Blueprint, Response, jsonify, request

from analytics import store
from analytics.errors import DataErrors
from analytics.explorer.arcs import load_arcs, too_many
from analytics.filters import Filters, parse
from analytics.index.choice import Choice, read_choice
from analytics.index.indicators import INDICATORS, PILLARS, Ends, count_indicators
from analytics.index.own_table import read_own_table
from analytics.index.ranking import Column, NoRanking, Ranking, rank_provinces
from components import index_words as words
from components.charts.select import STATUS
from components.files import as_csv, reader_language
from components.i18n import LANGUAGES, t
from components.index_figures import draw_ranks, draw_scores, height_of
from components.markup import to_html
from components.problems import say_errors

FILLED_FIRST = "capital"  # where a column of the reader's goes that names no pillar
LONGEST = 200  # characters of a value in the link

index_files = Blueprint("index_files", __name__)
Asked = tuple[Choice, Filters, str]


@index_files.route("/index/view.json", methods=["GET", "POST"])
def view() -> Response:
    """Send the ranking, its pictures and words; the reader's own table comes in the body and is kept nowhere."""
    choice, filters, lang = _asked()
    own, problems = _own(lang)
    columns = [*loaded(filters.data), *own]
    badge = _badge(filters.data)
    common = {
        "ignored": _ignored(choice, filters, lang),
        "problems": problems,
        "own": [{"name": one.name, "pillar": one.pillar, "less": one.less} for one in own],
        "filled": sorted({one.pillar for one in columns}),
        "weights": dict(zip(PILLARS, choice.weights, strict=True)),
        "method": {"treat": choice.treat, "norm": choice.norm, "sum": choice.sum},
        "fill": _filled(filters.data, badge, lang) if not own else to_html(words.fill_table(columns, badge, lang)),
    }
    try:
        ranking = rank_provinces(columns, _codes(), choice)
    except NoRanking as none:
        return jsonify({**common, "none": t(f"index.none_{none.reason}", lang)})
    return jsonify({**common, **_told(ranking, columns, choice, filters.data, lang)})


@index_files.route("/index/ranking.<form>", methods=["GET", "POST"])
def ranking_file(form: str) -> Response:
    """Send the ranking as CSV or JSON."""
    choice, filters, lang = _asked()
    if form not in ("csv", "json"):
        return _refuse(404, t("state.no_format", lang, format=form[:20]))
    own, problems = _own(lang)
    columns = [*loaded(filters.data), *own]
    try:
        ranking = rank_provinces(columns, _codes(), choice)
    except NoRanking as none:
        return _refuse(400, t(f"index.none_{none.reason}", lang))
    badge = _whole_badge(ranking, columns, filters.data)
    rows = words.file_rows(ranking, store.provinces(), _printed(filters.data), badge)
    if form == "csv":
        return as_csv("index_ranking", rows)
    about = {
        "title": t("page.index.title", lang),
        "notes": words.notes(ranking, own, _names(lang), choice, lang),
        "problems": problems,
        "weights": dict(zip(PILLARS, choice.weights, strict=True)),
        "method": {"treat": choice.treat, "norm": choice.norm, "sum": choice.sum},
        "indicators": [{"name": one.name, "pillar": one.pillar, "own": one.own} for one in columns],
        "badge": badge,
        "data_version": store.manifest()["version"],
        "citation": [store.origin()["citation"][lang], t("index.handbook", lang)],
    }
    return jsonify({**about, "rows": rows.astype(object).where(rows.notna(), None).to_dict("records")})


@index_files.get("/index/template.csv")
def template() -> Response:
    """Send a table of all provinces with an empty column to fill in."""
    lang = _asked()[2]
    provinces = store.provinces()
    heads = (t("index.head_province", lang), t("index.own_column", lang))
    return as_csv("index_template", pd.DataFrame({heads[0]: provinces[f"name_{lang}"], heads[1]: ""}))


def loaded(data: str) -> list[Column]:
    """Give the indicators that a data set tells."""
    return _counted(data, store.snapshot(data).name)


@store.per_snapshot
def _counted(data: str, _snapshot: str) -> list[Column]:
    found = count_indicators(store.tables(data), _ends(data), _codes())
    return [Column(one.name, one.pillar, found[one.name]) for one in INDICATORS if one.name in found]


def _ends(data: str) -> Ends | None:
    """Give the partners; of a network too large for a page's memory nothing, and no indicator counts them."""
    if too_many(data):
        return None
    arcs = load_arcs(Filters(years=store.span(data), data=data))
    return Ends(arcs.source, arcs.target)


@store.per_snapshot
def _filled(data: str, badge: str, lang: str) -> str:
    return to_html(words.fill_table(loaded(data), badge, lang))


def _asked() -> Asked:
    query = {key: value[:LONGEST] for key, value in request.args.items()}
    lang = query.get("lang", "")
    filters = parse(request.args.to_dict(flat=False)).filters
    return read_choice(query), filters, lang if lang in LANGUAGES else reader_language()


def _own(lang: str) -> tuple[list[Column], list[str]]:
    """Give the columns of the reader's own table, or what is wrong with it."""
    body = request.get_json(silent=True) if request.method == "POST" else None
    text = body.get("table") if isinstance(body, dict) else None
    if not isinstance(text, str) or not text.strip():
        return [], []
    try:
        values = read_own_table(text, store.provinces()).values
    except DataErrors as found:
        return [], say_errors([one.info for one in found.problems], found.n_problems, lang)
    chosen = body.get("columns") if isinstance(body, dict) else None
    return [_column(name, values[name], chosen) for name in values], []


def _column(name: str, values: pd.Series, chosen: Any) -> Column:
    one = chosen.get(name) if isinstance(chosen, dict) else None
    pillar = one.get("pillar") if isinstance(one, dict) else None
    known = pillar if isinstance(pillar, str) and pillar in PILLARS else FILLED_FIRST
    return Column(name, known, values, own=True, less=isinstance(one, dict) and one.get("less") is True)


def _told(ranking: Ranking, columns: list[Column], choice: Choice, data: str, lang: str) -> dict[str, Any]:
    names, printed = _names(lang), _printed(data)
    decimals = 2 if choice.norm == "zscore" else 1
    badge = _whole_badge(ranking, columns, data)
    kind = store.snapshot(data).manifest["dataset"]["kind"]
    own = [one for one in columns if one.own]
    return {
        "subtitle": words.subtitle(ranking, choice, lang),
        "finding": {
            "index_scores": " ".join(words.findings(ranking, names, printed, decimals, lang)),
            "index_ranks": words.firmness(ranking, names, lang),
        },
        "figures": {
            "index_scores": draw_scores(ranking, names, decimals, lang),
            "index_ranks": draw_ranks(ranking, names, printed, lang),
        },
        "height": height_of(ranking),
        "table": words.table(ranking, names, printed, decimals, lang),
        "notes": words.notes(ranking, own, names, choice, lang),
        "alt": words.alt_text(ranking, names, decimals, lang),
        "badge": badge,
        "badge_said": t(f"badge.{badge}", lang),
        "source": t(f"index.source_{kind}", lang, version=store.manifest()["version"]),
    }


def _badge(data: str) -> str:
    return STATUS[store.snapshot(data).manifest["dataset"]["kind"]]


def _whole_badge(ranking: Ranking, columns: list[Column], data: str) -> str:
    """Name the weaker claim: modelled as soon as one indicator that counts is."""
    used = [one for one in columns if one.pillar in ranking.pillars]
    return "own" if all(one.own for one in used) else _badge(data)


def _printed(data: str) -> dict[str, int]:
    """Give the ranks that the report prints; beside other data than the report's there are none."""
    if store.snapshot(data).manifest["dataset"]["kind"] != "reconstruction":
        return {}
    return _ranks_of_report()


@store.per_snapshot
def _ranks_of_report() -> dict[str, int]:
    facts = store.facts()
    rows = facts[facts["measure"].eq("rank_competitiveness_province")]
    return {code: int(value) for code, value in zip(rows["item"], rows["value"], strict=True)}


@store.per_snapshot
def _codes() -> list[str]:
    return store.provinces()["code"].tolist()


@store.per_snapshot
def _names(lang: str) -> dict[str, str]:
    return dict(store.provinces()[["code", f"name_{lang}"]].itertuples(index=False))


def _ignored(choice: Choice, filters: Filters, lang: str) -> str:
    """Name the link's values that could not be read, and its filters, to which an index of all provinces is deaf."""
    keys = ("、" if lang == "zh" else ", ").join(choice.ignored)
    said = [t("index.ignored", lang, keys=keys)] if keys else []
    deaf = [t(f"filter.field_{field}", lang) for field in filters.without("data").active() if field != "pin"]
    if deaf:
        said.append(t("index.no_filters", lang, names=t("filter.and", lang).join(deaf)))
    return " ".join(said)


def _refuse(status: int, text: str) -> Response:
    return Response(text + "\n", status=status, mimetype="text/plain")
