"""The forty nodes that the report names: the only real names in the reconstruction."""

from pathlib import Path

import pandas as pd

from analytics.reconstruct.flows import AWAY
from analytics.reconstruct.printed import Printed
from analytics.snapshot import repository


def named_nodes(printed: Printed, path: Path | None = None) -> pd.DataFrame:
    """Give the nodes of tables 2 and 3 with where they are.

    Head offices, listings and years of founding are public knowledge of the end of 2023, not of the
    report.

    Returns
    -------
    DataFrame
        Index: slug. `is_firm`, `kind`, `province` (GB/T 2260 or `AWAY`), `listed` (true, false or
        empty), `founded` (year or empty), `in_degree`, `out_degree`, `item_zh`, `item_en`; firms first, as in table 2.

    Raises
    ------
    ValueError
        The file and the two tables do not name the same nodes.
    """
    path = path or repository() / "data" / "taxonomy" / "named_nodes.csv"
    places = pd.read_csv(path, dtype="str", keep_default_na=False).set_index("slug")
    tables = [printed.degrees(t).join(printed.names(t)).assign(is_firm=t == "table-2") for t in ("table-2", "table-3")]
    found = pd.concat(tables)
    if set(found.index) != set(places.index):
        raise ValueError(f"{path.name} names other nodes than the facts: {set(found.index) ^ set(places.index)}")
    return found.join(places).assign(province=lambda rows: rows["province"].replace("", AWAY))
