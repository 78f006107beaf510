"""One check of the report against itself, whether it holds or not."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from decimal import Decimal

import pandas as pd

from analytics.audit.book import Printed

CONTRADICTION, GAP, CHANGE_OF_BASE, SLIP = GRADES = ("contradiction", "gap", "change_of_base", "slip")


@dataclass(frozen=True)
class Check:
    """What a rule says about one place of the report.

    Attributes
    ----------
    rule, grade : str
        Code of the rule; `GRADES`, what it is worth if it does not hold.
    subject : str
        `source/measure/item/year` of the number, or `statement/<id>`.
    place, page : str
        Sources joined by `;`; first page of the section.
    name_zh, name_en : str
        What the number is about.
    printed, computed : str
        As printed, and what the rule gives in the same decimals.
    difference : float
        Printed less computed, in `unit`; NaN where the two are words.
    formula : str
        The arithmetic, in figures.
    quote_zh : str
        The report's own words where the rule is about words.
    """

    rule: str
    grade: str
    subject: str
    place: str
    page: str
    name_zh: str
    name_en: str
    printed: str
    computed: str
    difference: float
    unit: str
    formula: str
    holds: bool
    quote_zh: str = ""

    @property
    def id(self) -> str:
        """Give a name that stays as long as rule and subject do, fit for a link."""
        subject = self.subject.replace(">", "-")
        return f"{self.rule}.{'.'.join(subject.split('/'))}"


COLUMNS = (
    "id", "rule", "grade", "place", "page", "subject", "name_zh", "name_en",
    "printed", "computed", "difference", "unit", "formula", "quote_zh",
)  # fmt: skip


def about(
    fact: Printed,
    rule: str,
    grade: str,
    computed: str,
    formula: str,
    holds: bool,
    printed: str = "",
    place: str = "",
) -> Check:
    """Make a check about one printed number; `printed` and `place` replace the fact's own."""
    shown = printed or fact.text
    return Check(
        rule=rule,
        grade=grade,
        subject=fact.key,
        place=place or fact.source,
        page=fact.page,
        name_zh=fact.name_zh,
        name_en=fact.name_en,
        printed=shown,
        computed=computed,
        difference=float(Decimal(shown) - Decimal(computed)),
        unit=fact.unit,
        formula=formula,
        holds=holds,
    )


def frame(checks: Iterable[Check]) -> pd.DataFrame:
    """Give checks as rows: the columns of `COLUMNS` and `holds`."""
    rows = [{"id": one.id, **asdict(one)} for one in checks]
    names = ["id", *(field.name for field in fields(Check))]
    kinds = {name: "str" for name in COLUMNS if name != "difference"} | {"difference": "float64", "holds": "bool"}
    return pd.DataFrame(rows, columns=names).astype(kinds)[[*COLUMNS, "holds"]]
