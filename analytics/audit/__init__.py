"""The report against itself, and the report against a data set.

Rules are general: each goes through all facts of its form, and none names a finding. What hangs
together is in `analytics.audit.relations`, what the report says in words in the statements.
"""

from collections.abc import Mapping

import pandas as pd

from analytics.audit.book import Book
from analytics.audit.checks import COLUMNS, GRADES, frame
from analytics.audit.comparison import compare
from analytics.audit.order import check_order
from analytics.audit.ratios import check_ratios
from analytics.audit.reports import FORMATS, report
from analytics.audit.statements import read_statements
from analytics.audit.sums import check_sums
from analytics.audit.wording import check_wording

__all__ = ["FORMATS", "GRADES", "check", "compare", "find", "read_statements", "report"]


def check(facts: pd.DataFrame, taxonomy: Mapping[str, pd.DataFrame], statements: pd.DataFrame) -> pd.DataFrame:
    """Put every rule to every fact and statement of its form.

    Parameters
    ----------
    facts : DataFrame
        As `analytics.published.clean_facts` gives it.
    taxonomy : mapping of str to DataFrame
        As `analytics.taxonomy.read_taxonomy` gives it.
    statements : DataFrame
        As `read_statements` gives it.

    Returns
    -------
    DataFrame
        One row a check, contradictions first: `id`, `rule`, `grade` (see `GRADES`), `place` (sources
        joined by `;`), `page`, `subject` (`source/measure/item/year` or `statement/<id>`), `name_zh`,
        `name_en`, `printed`, `computed` (text, in the printed decimals), `difference` (printed less
        computed, in `unit`; NaN for words), `unit`, `formula`, `quote_zh`, `holds` (bool). Numbers
        compare exactly but for half a unit of each printed number's last digit.

    Raises
    ------
    DataError
        A relation or statement asks for a fact that is not there.
    ArithmeticError
        The linear program of tables 6 and 7 has no solution at all.
    """
    # Here, not above: the pages show what a build found, and never solve a linear program.
    from analytics.audit.flows import check_flows

    book, tables = Book(facts), dict(taxonomy)
    found = frame(
        [
            *check_sums(book, tables),
            *check_ratios(book),
            *check_order(book),
            *check_flows(book, tables),
            *check_wording(book, tables, statements),
        ]
    )
    by_grade = found["grade"].map(GRADES.index)
    return found.iloc[by_grade.sort_values(kind="stable").index].reset_index(drop=True)


def find(facts: pd.DataFrame, taxonomy: Mapping[str, pd.DataFrame], statements: pd.DataFrame) -> pd.DataFrame:
    """Give the checks that do not hold: the columns of `check` without `holds`; see there."""
    found = check(facts, taxonomy, statements)
    return found.loc[~found["holds"], list(COLUMNS)].reset_index(drop=True)
