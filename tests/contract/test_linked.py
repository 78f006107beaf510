"""Cards that filter each other: every card counts the firms that the table lists."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import store
from analytics.cubes import FIRM_FIELDS
from analytics.filters import KEYS, Filters, choices_of, parse
from components.charts import CHARTS
from components.charts.firms import FIRMS

CARDS = [spec.id for spec in FIRMS if not spec.id.startswith(("patent_", "patents_per", "firm_spread"))]
# Of an unlisted firm these are not known.
PARTIAL = {"revenue": "revenue_class", "rd_cost": "rd_class", "rd_intensity": "intensity_class"}


@st.composite
def selections(draw: st.DrawFn) -> Filters:
    """Give filters with a choice in up to three fields."""
    fields = draw(st.lists(st.sampled_from(sorted(FIRM_FIELDS)), max_size=3, unique=True))
    chosen = {field: draw(st.sets(st.sampled_from(choices_of(field, "")), min_size=1, max_size=4)) for field in fields}
    asked = {KEYS[field]: ",".join(values) for field, values in chosen.items()}
    return parse(asked).filters


def listed(filters: Filters) -> np.ndarray:
    """Tell which firms are chosen, field by field in plain Python."""
    rows = store.tables()["firm_values"]
    masks = [
        [value in getattr(filters, field) for value in rows[column]]
        for field, column in FIRM_FIELDS.items()
        if getattr(filters, field)
    ]
    return np.logical_and.reduce(masks) if masks else np.ones(len(rows), dtype=bool)


@given(filters=selections())
@settings(max_examples=25)
def test_every_card_counts_the_same_firms(filters: Filters) -> None:
    keep, rows = listed(filters), store.tables()["firm_values"]
    for card in CARDS:
        shown = CHARTS[card].rows(filters, CHARTS[card].options[0])
        counted = shown.loc[shown["chosen"].astype(bool), "n"].sum() if len(shown) else 0
        known = keep & rows[PARTIAL[card]].ne("").to_numpy() if card in PARTIAL else keep
        if card != "metropolitan_areas" or not filters.provinces:
            assert counted == known.sum(), card


@given(filters=selections())
@settings(max_examples=25)
def test_a_link_gives_the_selection_again(filters: Filters) -> None:
    pinned = Filters(pin=filters.as_pin())
    assert parse(filters.to_query()) == (filters, ())
    assert parse(pinned.to_query()) == (pinned, ()) and pinned.base() == filters


@pytest.mark.parametrize("card", CARDS)
def test_a_card_shows_the_pinned_selection_beside_its_own(card: str) -> None:
    spec, option = CHARTS[card], CHARTS[card].options[0]
    now, pinned = Filters(layers=("base",)), Filters(layers=("application",))
    both = spec.rows(parse({**now.to_query(), "pin": pinned.as_pin()}).filters, option)
    if card == "layers":
        assert "base" not in both  # its own choice alone differs, and that does not filter it
        return
    alone = spec.rows(pinned, option).set_index("item")["value"]
    shared = both[both["item"].isin(alone.index) & ~both["item"].str.startswith("other_")]
    assert len(shared) and shared["base"].tolist() == pytest.approx(alone[shared["item"]].tolist())
