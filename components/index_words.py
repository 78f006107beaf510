"""The ranking in words: what it finds, what was left out, tables, and why there may be none."""

from typing import Any

import pandas as pd
from dash import html

from analytics.index.choice import Choice
from analytics.index.indicators import INDICATORS, PILLARS
from analytics.index.method import DRAWS, OUTER
from analytics.index.ranking import Column, Ranking
from components.i18n import t

FIRM = 0.9  # share of the draws from which on a rank is called firm
UNITS = {one.name: one.unit for one in INDICATORS}


def findings(ranking: Ranking, names: dict[str, str], printed: dict[str, int], decimals: int, lang: str) -> list[str]:
    """Say who leads, how that compares with the printed ranks, and how firm the ranks are."""
    rows, both = ranking.rows, t("filter.and", lang)
    first = both.join(names[code] for code in rows.loc[rows["rank"].eq(1), "code"])
    lead = t("index.finding_lead", lang, names=first, score=f"{rows['score'].iloc[0]:.{decimals}f}")
    said = [lead]
    if printed and printed.keys() <= set(rows["code"]):  # with some of them left out, the comparison would mislead
        top = set(rows.loc[rows["rank"].le(len(printed)), "code"])
        said.append(t("index.finding_printed", lang, n=len(top & printed.keys()), all=len(printed)))
    return said


def firmness(ranking: Ranking, names: dict[str, str], lang: str) -> str:
    """Say how many ranks are firm, and which is the least firm."""
    rows = ranking.rows
    if len(ranking.pillars) == 1:
        return t("index.finding_one_pillar", lang)
    least = rows.sort_values(["held", "rank"]).iloc[0]
    return t(
        "index.finding_firm",
        lang,
        n=int(rows["held"].ge(FIRM).sum()),
        all=len(rows),
        draws=f"{DRAWS:,}",
        share=f"{FIRM:.0%}",
        name=names[least["code"]],
        rank=int(least["rank"]),
        held=f"{least['held']:.0%}",
        low=int(least["low"]),
        high=int(least["high"]),
    )


def notes(ranking: Ranking, own: list[Column], names: dict[str, str], choice: Choice, lang: str) -> list[str]:
    """Say what a reader must know: pillars without indicators, provinces without rank, what was done to the data."""
    both = t("filter.and", lang)
    said = [t("index.note_not_report", lang)]
    if ranking.unfilled:
        pillars = both.join(t(f"index.pillar_{name}", lang) for name in ranking.unfilled)
        said.append(t("index.note_unfilled", lang, names=pillars))
    if ranking.left_out:
        left = ("、" if lang == "zh" else ", ").join(names[code] for code in ranking.left_out)
        said.append(t("index.note_left_out", lang, n=len(ranking.left_out), names=left))
    if ranking.skewed:
        said.append(t("index.note_skewed", lang, n=len(ranking.skewed)))
    used = [one for one in own if one.pillar in ranking.pillars]
    if used:
        said.append(t("index.note_own", lang, names=both.join(one.name for one in used)))
    return said


def subtitle(ranking: Ranking, choice: Choice, lang: str) -> str:
    """Say which method and weights the picture shows."""
    weights = " · ".join(
        f"{t(f'index.pillar_{name}', lang)} {choice.weights[PILLARS.index(name)]}" for name in ranking.pillars
    )
    method = " · ".join(t(f"index.{key}_{getattr(choice, key)}", lang) for key in ("treat", "norm", "sum"))
    return t("index.subtitle", lang, method=method, weights=weights)


def table(ranking: Ranking, names: dict[str, str], printed: dict[str, int], decimals: int, lang: str) -> dict[str, Any]:
    """Give ranks, scores, pillars and firmness as `heads` and `lines` of text; the browser makes the table of them."""
    pillars = [t(f"index.pillar_{name}", lang) for name in ranking.pillars]
    heads = [t(f"index.head_{name}", lang) for name in ("rank", "province", "score")]
    heads += [*pillars, t("index.head_held", lang), t("index.head_range", lang, low=OUTER[0], high=OUTER[1])]
    heads += [t("index.head_printed", lang)] if printed else []
    lines = [_line(row, ranking, names, printed, decimals) for row in ranking.rows.to_dict("records")]
    return {"heads": heads, "lines": lines}


def _line(
    row: dict[str, Any], ranking: Ranking, names: dict[str, str], printed: dict[str, int], decimals: int
) -> list[Any]:
    numbers = [f"{row[name]:.{decimals}f}" for name in ("score", *ranking.pillars)]
    firm = [f"{row['held']:.0%}", f"{row['low']:.0f}–{row['high']:.0f}"]
    place = [f"◇ {printed[row['code']]}" if row["code"] in printed else "–"] if printed else []
    return [row["rank"], names[row["code"]], *numbers, *firm, *place]


def fill_table(columns: list[Column], badge: str, lang: str) -> html.Table:
    """Tabulate the six pillars with the indicators that fill them; an empty pillar says so."""
    heads = html.Tr(
        [html.Th(t(f"index.head_{name}", lang), scope="col") for name in ("pillar", "indicator", "unit", "origin")]
    )
    lines = [line for pillar in PILLARS for line in _pillar_lines(pillar, columns, badge, lang)]
    return html.Table([html.Thead(heads), html.Tbody(lines)], className="data-table")


def _pillar_lines(pillar: str, columns: list[Column], badge: str, lang: str) -> list[html.Tr]:
    name = t(f"index.pillar_{pillar}", lang)
    inside = [one for one in columns if one.pillar == pillar]
    if not inside:
        why = t(f"index.empty_{pillar}", lang) if pillar in ("capital", "response") else t("index.empty", lang)
        return [html.Tr([html.Th(name, scope="row"), html.Td(why, colSpan=3, className="index-empty")])]
    return [
        html.Tr([html.Th(name if at == 0 else "", scope="row"), *_cells(one, badge, lang)])
        for at, one in enumerate(inside)
    ]


def _cells(one: Column, badge: str, lang: str) -> list[html.Td]:
    kind = "own" if one.own else badge
    mark = html.Span(t(f"badge.{kind}", lang), className=f"badge badge-{kind}")
    words = one.name if one.own else t(f"index.indicator_{one.name}", lang)
    unit = t("index.own_unit", lang) if one.own else t(f"index.unit_{UNITS[one.name]}", lang)
    return [html.Td(words), html.Td(unit), html.Td(mark)]


def alt_text(ranking: Ranking, names: dict[str, str], decimals: int, lang: str) -> str:
    """Give the first places in words, for those who do not see the picture."""
    comma = "；" if lang == "zh" else "; "
    first = ranking.rows.head(12)
    said = [f"{row.rank} {names[row.code]} {row.score:.{decimals}f}" for row in first.itertuples()]
    return comma.join(said)


def file_rows(ranking: Ranking, provinces: pd.DataFrame, printed: dict[str, int], badge: str) -> pd.DataFrame:
    """Give the ranking as the rows of a file; shares are 0 to 1."""
    names = provinces.set_index("code")
    rows = ranking.rows.rename(
        columns={
            "held": "share_of_draws_with_this_rank",
            "low": f"rank_p{OUTER[0]}",
            "high": f"rank_p{OUTER[1]}",
            **{name: f"score_{name}" for name in ranking.pillars},
            **{f"{name}_part": f"part_{name}" for name in ranking.pillars},
        }
    )
    rows.insert(2, "name_zh", names.loc[rows["code"], "name_zh"].to_numpy())
    rows.insert(3, "name_en", names.loc[rows["code"], "name_en"].to_numpy())
    reported = pd.array([printed.get(code, pd.NA) for code in rows["code"]], dtype="Int64")
    return rows.assign(reported_rank=reported, status=badge)
