"""What a chapter's numbers and things are called, and how its numbers are written."""

import math

from analytics.region_counts import ABROAD, UNKNOWN, WITHIN
from analytics.regions import Chapter, Place
from components.charts.names import taxonomy_names
from components.firm_words import name_code
from components.i18n import t
from components.numbers import write_value

TABLES = {"technology": "technologies", "application": "applications", "industry": "sections"}
SPECIAL = (WITHIN, ABROAD, UNKNOWN)
NOTHING = 5e-3  # points: less is 0.00 on the screen


def share(value: float) -> str:
    """Write a percentage; what is not known as a dash."""
    return write_value(value, "percent")


def points(value: float) -> str:
    """Write a difference of percentages with its sign.

    >>> points(-1.234), points(0.001), points(float("nan"))
    ('−1.23', '0.00', '–')
    """
    if math.isnan(value):
        return "–"
    sign = "" if abs(value) < NOTHING else "+" if value > 0 else "−"
    return f"{sign}{abs(value):.2f}"


def listed(names: list[str], lang: str) -> str:
    """Join names as a sentence does."""
    first = f"{t('chapter.comma', lang)}{gap(lang)}".join(names[:-1])
    return t("filter.and", lang).join(filter(None, [first, *names[-1:]]))


def name_item(item: str, place: Place, lang: str) -> str:
    """Name a partner: a province, the place itself, abroad, or unknown."""
    if item in SPECIAL:
        key = "unknown_place" if item == UNKNOWN else item
        return t(f"chapter.{key}", lang, name=place.name(lang))
    return name_code("provinces", item, lang)


def name_topic(topic: str, item: str, lang: str) -> str:
    """Name a technology, an application or a section of industries."""
    return taxonomy_names(TABLES[topic], lang).get(item, item)


def gap(lang: str) -> str:
    """Give what stands between two sentences."""
    return "" if lang == "zh" else " "


def say_rank(chapter: Chapter, name: str, lang: str) -> str:
    """Write a rank among the places of the same kind, and that it is shared where it is."""
    return _rank(chapter, name, "rank", lang)


def short_rank(chapter: Chapter, name: str, lang: str) -> str:
    """Write a rank as a table has it."""
    return _rank(chapter, name, "short", lang)


def _rank(chapter: Chapter, name: str, words: str, lang: str) -> str:
    rank = chapter.standing[f"rank_{name}"]
    if math.isnan(rank):
        return "–"
    way = "tied" if chapter.standing[f"tied_{name}"] > 1 else "alone"
    return t(f"chapter.{words}_{way}", lang, rank=int(rank), of=chapter.of)


def changes(chapter: Chapter) -> dict[str, float]:
    """Give the change of each share from the first year to the last, in points; nan where there is no first.

    Of firms: from those founded until the first year to all of them.
    """
    years, found = chapter.years, {"firms": chapter.standing["firms"] - chapter.firms["early"]}
    for name in ("enabling", "input"):
        found[name] = float(years[name].iloc[-1] - years[name].iloc[0]) if len(years) > 1 else math.nan
    return {**found, "net": found["enabling"] - found["input"]}
