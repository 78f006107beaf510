"""A finding in words: one template a rule, filled with the finding's own numbers."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from components.audit_data import names
from components.i18n import t
from components.numbers import write_value
from components.sources import place_of

Row = Mapping[str, Any]
SIGNED = ("direction",)  # rules whose two numbers are changes
# Rules whose number stands in a statement but not as such in the report.
REWORKED = ("highest",)
# Rules that hold one printed number or word against another.
IN_PRINT = (
    "repeat", "edition", "spliced", "trend", "cumulative", "bound", "less", "list_sorted",
    "strict_part", "data_year", "note", "term",
)  # fmt: skip
NONE = "–"  # stands where nothing is computed


def number(text: str, unit: str, signed: bool = False) -> str:
    """Write a number with its unit; words and lists stay as they are.

    >>> number("3.287", "degree"), number("4431", "firms"), number("1, 3", "words")
    ('3.287', '4,431', '1, 3')
    """
    if unit == "words":
        return text
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    written = write_value(float(abs(value)), unit, str(abs(value)))
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{written}"


def signed_difference(row: Row, lang: str) -> str:
    """Write printed less computed with its sign; empty for words."""
    return points(_exact(row), row["unit"], lang) if row["difference"] == row["difference"] else ""


def points(text: str, unit: str, lang: str) -> str:
    """Write a difference with its sign; that of two percentages is in percentage points."""
    if unit != "percent" or text == NONE:
        return number(text, unit, signed=True)
    return t("audit.points", lang, value=number(text, "coefficient", signed=True))


def sentence(row: Row, lang: str) -> str:
    """Say what does not hold, in one sentence."""
    key = row["subject"].split("/")
    measured = key[0] != "statement" and len(key) >= 3
    signed = row["rule"] in SIGNED
    difference = number(_exact(row).lstrip("-"), row["unit"]) if row["difference"] == row["difference"] else ""
    rule, measure = row["rule"], key[1]
    text = t(
        f"sentence.{rule}",
        lang,
        name=row[f"name_{lang}"],
        item=names().get(row["subject"], {}).get(lang, row[f"name_{lang}"]),
        measure=_inside(t(f"measure.{measure}", lang)) if measured else "",
        year=key[3] if len(key) > 3 else "",
        printed=_listed(number(row["printed"], row["unit"], signed), lang),
        computed=_listed(number(row["computed"], row["unit"], signed), lang),
        difference=difference,
        quote=row["quote_zh"],
        formula=_listed(row["formula"], lang),
    )
    return text[0].upper() + text[1:]


def badge_of_print(row: Row) -> str:
    """Tell whether the number on the report's side is printed as such, or made of printed ones."""
    stated = row["subject"].startswith("statement/") and row["rule"] not in REWORKED
    return "published" if stated or names().get(row["subject"], {}).get("printed") == row["printed"] else "derived"


def badge_of_counterpart(row: Row) -> str:
    """Tell whether what a number is held against is printed too, or computed."""
    return "published" if row["rule"] in IN_PRINT else "derived"


def _inside(words: str) -> str:
    return words[0].lower() + words[1:]


def _listed(text: str, lang: str) -> str:
    return text.replace(", ", "、") if lang == "zh" else text


def places(row: Row, lang: str) -> str:
    """Write where a finding stands: `table 6, table 7 · section from p. 15`."""
    found = [place_of(source, lang) for source in row["place"].split(";")]
    joined = ("、" if lang == "zh" else ", ").join(found)
    return t("audit.where", lang, place=joined[0].upper() + joined[1:], page=row["page"])


def _exact(row: Row) -> str:
    """Give the difference with the decimals of the two numbers."""
    return str(Decimal(row["printed"]) - Decimal(row["computed"])) if row["unit"] != "words" else _whole(row)


def _whole(row: Row) -> str:
    return str(int(row["difference"]))
