"""The audit as text, JSON or CSV, for the command line and for files."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

FORMATS = ("text", "json", "csv")


def report(findings: pd.DataFrame, comparison: pd.DataFrame | None, form: str, lang: str = "en") -> str:
    """Write findings and comparison.

    Parameters
    ----------
    findings : DataFrame
        As `analytics.audit.find` gives it.
    comparison : DataFrame or None
        As `analytics.audit.compare` gives it; None where there is no data set.
    form : str
        One of `FORMATS`. CSV holds the findings alone, one row each.
    lang : str
        `zh` or `en`: the names of what a finding is about, in the text.

    Raises
    ------
    ValueError
        Another format.
    """
    if form not in FORMATS:
        raise ValueError(f"{form!r} is no format; choose one of {', '.join(FORMATS)}")
    writers: dict[str, Callable[[], str]] = {
        "text": lambda: _text(findings, comparison, lang),
        "json": lambda: _json(findings, comparison),
        "csv": lambda: findings.to_csv(index=False, lineterminator="\n"),
    }
    return writers[form]()


def records(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Give rows for JSON: NaN and <NA> become null."""
    return json.loads(rows.to_json(orient="records", force_ascii=False, double_precision=15))


def _json(findings: pd.DataFrame, comparison: pd.DataFrame | None) -> str:
    compared = None if comparison is None else records(comparison)
    content = {"findings": records(findings), "comparison": compared}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _text(findings: pd.DataFrame, comparison: pd.DataFrame | None, lang: str) -> str:
    lines = [f"{len(findings)} findings in the report"]
    for grade, rows in findings.groupby("grade", sort=False):
        lines += ["", f"{grade} ({len(rows)})", *(_line(row, lang) for row in rows.to_dict("records"))]
    return "\n".join([*lines, "", _summary(comparison), ""])


def _line(row: Mapping[Any, Any], lang: str) -> str:
    name = row[f"name_{lang}"]
    about = f"{row['subject']}{f' ({name})' if name else ''}"
    return (
        f"- {row['rule']}: {about}, {str(row['place']).replace(';', ' + ')} p. {row['page']}: "
        f"printed {row['printed']}, by the rule {row['computed'] or '–'} [{row['formula']}]"
    )


def _summary(comparison: pd.DataFrame | None) -> str:
    if comparison is None or comparison["computed"].isna().all():
        return "No data set to compare the printed numbers with."
    computed = comparison["computed"].notna().sum()
    within = comparison["within_rounding"].sum()
    return f"{len(comparison)} printed numbers, {computed} computed from the data set, {within} of them within rounding"
