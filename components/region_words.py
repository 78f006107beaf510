"""What a chapter says in words: one computed sentence a section."""

import math
from typing import Any

import pandas as pd

from analytics.region_counts import WITHIN
from analytics.regions import Chapter, places
from components.firm_words import name_code, name_of
from components.i18n import t
from components.region_names import NOTHING, SPECIAL, gap, listed, name_item, name_topic, say_rank, share

MOST_TIED = 3


def say_opening(chapter: Chapter, lang: str) -> str:
    """Open the chapter: what the place has, gives and takes, and where that puts it."""
    row, name = chapter.standing, chapter.place.name(lang)
    if not row["n_firms"] and not row["n_enabling"] and not row["n_input"]:
        return t("chapter.open_nothing", lang, name=name)
    firms = _say_firms(chapter, lang)
    if not row["n_enabling"] and not row["n_input"]:
        return f"{firms} {t('chapter.open_no_relation', lang)}".strip()
    return f"{firms}{gap(lang)}{_say_relations(chapter, lang)}{gap(lang)}{_say_balance(row, lang)}"


def _say_firms(chapter: Chapter, lang: str) -> str:
    row, name = chapter.standing, chapter.place.name(lang)
    count = int(row["n_firms"])
    kind = "none" if count == 0 else "one" if count == 1 else "many"
    rank = say_rank(chapter, "firms", lang)
    return t(f"chapter.open_firms_{kind}", lang, name=name, n=f"{count:,}", share=share(row["firms"]), rank=rank)


def _say_relations(chapter: Chapter, lang: str) -> str:
    row = chapter.standing
    words = {
        "out": share(row["enabling"]),
        "inn": share(row["input"]),
        "rank_out": say_rank(chapter, "enabling", lang),
        "rank_in": say_rank(chapter, "input", lang),
    }
    return t("chapter.open_relations", lang, **words)


def _say_balance(row: dict[str, float], lang: str) -> str:
    net = row["net"]
    if math.isnan(net):
        return ""
    way = "even" if abs(net) < NOTHING else "gives" if net > 0 else "takes"
    return t(f"chapter.balance_{way}", lang, points=f"{abs(net):.2f}")


def say_standing(chapter: Chapter, lang: str) -> str:
    """Say how its shares went from the first year to the last."""
    years = chapter.years
    if not _active(years):
        return t("chapter.standing_none", lang)
    if len(years) == 1:
        return t("chapter.standing_one_year", lang, year=int(years["year"].iloc[0]))
    first, last = years.iloc[0], years.iloc[-1]
    parts = {name: _went(first[name], last[name], lang) for name in ("enabling", "input")}
    since, until = int(first["year"]), int(last["year"])
    return t("chapter.standing", lang, since=since, until=until, out=parts["enabling"], inn=parts["input"])


def _active(years: pd.DataFrame) -> bool:
    return bool(len(years) and years[["n_enabling", "n_input"]].to_numpy().any())


def _went(before: float, after: float, lang: str) -> str:
    if math.isnan(before) or math.isnan(after):
        return t("chapter.went_unknown", lang)
    change = after - before
    way = "same" if abs(change) < NOTHING else "rose" if change > 0 else "fell"
    return t(f"chapter.went_{way}", lang, before=share(before), after=share(after))


def say_firms(chapter: Chapter, lang: str) -> str:
    """Say what its firms are."""
    found, layers = chapter.firms, chapter.firms["layers"]
    if not found["n"]:
        return t("chapter.firms_none", lang)
    if layers.empty:
        return t("chapter.firms_plain", lang, n=f"{found['n']:,}")
    leading = layers[layers["n"].eq(layers["n"].max())]
    # Inside an English sentence; Chinese has no capitals.
    named = [name_code("layers", item, lang).removesuffix(" layer").lower() for item in leading["item"]]
    names = listed(named, lang)
    if found["n"] == 1:
        return t("chapter.firms_one", lang, layer=names, year=found["median"] or "–")
    way = "tied" if len(leading) > 1 else "led"
    said = t(f"chapter.firms_{way}", lang, layer=names, share=share(layers["value"].max()))
    return gap(lang).join([said, *_say_more(found, lang)])


def _say_more(found: dict[str, Any], lang: str) -> list[str]:
    said = [t("chapter.firms_median", lang, year=found["median"])] if found["median"] else []
    if math.isnan(found["listed"]):
        return said
    some = found["listed"] > 0
    return [
        *said,
        t("chapter.firms_listed", lang, share=share(found["listed"])) if some else t("chapter.firms_unlisted", lang),
    ]


def say_hubs(chapter: Chapter, lang: str) -> str:
    """Name the best connected node and what the listed ones hold together."""
    rows = chapter.hubs
    if rows.empty:
        return t("chapter.hubs_none", lang)
    top = rows[rows["degree"].eq(rows["degree"].max())]
    first = {"name": listed(_names(top, lang)[:MOST_TIED], lang), "degree": f"{int(rows['degree'].max()):,}"}
    if len(top) > MOST_TIED:
        return t("chapter.hubs_level", lang, n=len(top), degree=first["degree"])
    if len(rows) == 1:
        return t("chapter.hubs_one", lang, **first)
    way = "tied" if len(top) > 1 else "led"
    return t(f"chapter.hubs_{way}", lang, **first, n=len(rows), share=share(rows["share"].sum()))


def _names(rows: pd.DataFrame, lang: str) -> list[str]:
    # Names that a data set leaves out are missing, not empty.
    return [name_of(row, lang) for row in rows.astype(object).where(rows.notna(), "").to_dict("records")]


def say_partners(chapter: Chapter, lang: str) -> str:
    """Say whom it enables and who enables it."""
    said = [_say_side(chapter, end, lang) for end in ("source", "target")]
    return gap(lang).join(said)


def _say_side(chapter: Chapter, end: str, lang: str) -> str:
    rows = chapter.partners[end]
    if rows.empty:
        return t(f"chapter.{end}_none", lang)
    outside = rows[~rows["item"].isin(SPECIAL)]
    inside = float(rows.loc[rows["item"].eq(WITHIN), "value"].sum())
    if outside.empty:
        way = "only" if inside > 100 - NOTHING else "unplaced"
        return t(f"chapter.{end}_{way}", lang, within=share(inside))
    top = outside[outside["n"].eq(outside["n"].max())]
    if len(top) > MOST_TIED:
        return t(f"chapter.{end}_level", lang, within=share(inside), n=len(top), share=share(top["value"].iloc[0]))
    names = listed([name_item(item, chapter.place, lang) for item in top["item"]], lang)
    way = "tied" if len(top) > 1 else "led"
    return t(f"chapter.{end}_{way}", lang, within=share(inside), name=names, share=share(top["value"].iloc[0]))


def say_topics(chapter: Chapter, lang: str) -> str:
    """Name the most frequent technology and industry, and what is special to the place."""
    said = [one for topic in ("technology", "industry") for one in _say_topic(chapter, topic, lang)]
    if not said:
        return t("chapter.topics_none", lang)
    special = any(chapter.topics[topic]["clear"].any() for topic in ("technology", "industry"))
    return gap(lang).join([*said, *([] if special else [t("chapter.special_none", lang)])])


def _say_topic(chapter: Chapter, topic: str, lang: str) -> list[str]:
    rows = chapter.topics[topic]
    if rows.empty:
        return []
    top = rows[rows["n"].eq(rows["n"].max())]
    names = listed([name_topic(topic, item, lang) for item in top["item"][:MOST_TIED]], lang)
    said = [t(f"chapter.{topic}_most", lang, name=names, share=share(top["value"].iloc[0]))]
    for one in rows[rows["clear"]].sort_values(["lq", "item"], ascending=[False, True]).head(1).itertuples():
        said.append(t("chapter.special", lang, name=name_topic(topic, str(one.item), lang), lq=f"{one.lq:.2f}"))
    return said


def say_dependence(chapter: Chapter, lang: str) -> str:
    """Say what share of its input hangs on the core provinces and on single enablers."""
    rows = chapter.enablers
    if math.isnan(chapter.core):
        return t("chapter.dependence_none", lang)
    core = t("chapter.dependence_core", lang, share=share(chapter.core))
    if rows.empty:
        return core
    top = rows[rows["n"].eq(rows["n"].max())]
    words: dict[str, Any] = {"share": share(top["value"].iloc[0]), "n": len(rows), "all": share(rows["value"].sum())}
    if len(top) > MOST_TIED:
        return core + gap(lang) + t("chapter.enablers_level", lang, **words)
    way = "one" if len(rows) == 1 else "tied" if len(top) > 1 else "led"
    return core + gap(lang) + t(f"chapter.enablers_{way}", lang, name=listed(_names(top, lang), lang), **words)


def say_peers(chapter: Chapter, lang: str) -> str:
    """Name the places whose mix of technologies and industries is most like its own."""
    rows = chapter.peers
    if rows.empty:
        return t("chapter.peers_none", lang)
    values = rows["value"].round(3)
    top = rows[values.eq(values.max())]
    if len(top) > MOST_TIED:
        return t("chapter.peers_level", lang, n=len(top), value=f"{values.max():.3f}")
    names = listed([places()[item].name(lang) for item in top["item"]], lang)
    way = "tied" if len(top) > 1 else "led"
    return t(f"chapter.peers_{way}", lang, name=names, value=f"{values.max():.3f}")


def say_years(chapter: Chapter, lang: str) -> str:
    """Say in which year its share of enabling was highest, and how much stayed inside."""
    rows = chapter.years.dropna(subset="enabling")
    if rows.empty or not rows["n_enabling"].any():
        return t("chapter.years_none", lang)
    best = rows[rows["enabling"].round(6).eq(rows["enabling"].round(6).max())]
    years = listed([str(year) for year in best["year"]], lang)
    said = t("chapter.years_peak", lang, year=years, share=share(best["enabling"].iloc[0]))
    kept = rows.dropna(subset="within")
    if len(kept) < 2:
        return said
    went = _went(kept["within"].iloc[0], kept["within"].iloc[-1], lang)
    span = {"since": int(kept["year"].iloc[0]), "until": int(kept["year"].iloc[-1])}
    return said + gap(lang) + t("chapter.years_within", lang, went=went, **span)


SAY = {
    "standing": say_standing,
    "firms": say_firms,
    "hubs": say_hubs,
    "partners": say_partners,
    "topics": say_topics,
    "dependence": say_dependence,
    "peers": say_peers,
    "years": say_years,
}
