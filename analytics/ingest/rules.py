"""Every rule that ingest applies to rows and cells: what it does, what it wants, how to mend it.

What is not listed here is either kept as it is or refused with a `DataError`.
"""

from dataclasses import dataclass

READ, KEPT = "read", "kept"
DROPPED, MERGED, EMPTIED, INFERRED, LEFT = "dropped", "merged", "emptied", "inferred", "left"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes
    ----------
    action : str
        ``dropped`` the row, ``merged`` the row into another, ``emptied`` the cell and kept the
        row, ``inferred`` something that no row says, ``left`` a cell empty that might be filled.
    expected : str
        What the data should say.
    remedy : str
        What to do about it, as a sentence.
    """

    action: str
    expected: str
    remedy: str


RULES: dict[str, Rule] = {
    # Rows. A row that breaks several is counted under the first one only.
    "blank_row": Rule(DROPPED, "a row with at least one value", "Nothing to do; blank rows say nothing."),
    "missing_id": Rule(DROPPED, "an id in every row", "Give the row an id that no other row has."),
    "missing_end": Rule(DROPPED, "a source and a target", "Fill in both ends of the relation."),
    "negative_count": Rule(DROPPED, "a count of 1 or more", "Correct the count, or remove the row."),
    "zero_count": Rule(DROPPED, "a count of 1 or more", "Nothing to do if there was no such relation."),
    "count_not_a_number": Rule(DROPPED, "a whole number, or nothing, which means 1", "Correct the count."),
    "count_not_whole": Rule(DROPPED, "a whole number", "Relations are counted, so write no fraction."),
    "count_too_large": Rule(DROPPED, "a number below 9,007,199,254,740,992", "Correct the count."),
    "self_loop": Rule(DROPPED, "a source other than the target", "Nothing to do; a node enables others only."),
    "unknown_id": Rule(DROPPED, "an id of firms or organizations", "Add the node, or correct the id."),
    "id_in_both": Rule(DROPPED, "an id in one of firms and organizations", "Keep the node in one table."),
    "duplicate_row": Rule(MERGED, "an id that comes once", "Remove the row; it says the same again."),
    "parallel": Rule(MERGED, "one row for each key", "Nothing to do; the counts are added up."),
    # Cells.
    "formula_cell": Rule(EMPTIED, "a value, not a formula or an error", "Paste the column again as values."),
    "not_a_number": Rule(EMPTIED, "a number", "Write digits and a decimal point, without a unit."),
    "not_whole": Rule(EMPTIED, "a whole number", "Write the number without a fraction."),
    "too_large": Rule(EMPTIED, "a number that can be kept exactly", "Check the digits and the unit."),
    "negative_number": Rule(EMPTIED, "0 or more", "Correct the sign, or leave the cell empty."),
    "impossible_year": Rule(EMPTIED, "a year from 1900 to 2100", "Write the year with four digits."),
    "future_year": Rule(EMPTIED, "a year that has begun", "Correct the year, or leave the cell empty."),
    "not_boolean": Rule(EMPTIED, "yes or no", "Write 是 or 否, true or false, 1 or 0."),
    "unknown_province": Rule(EMPTIED, "a province", "Use its code, its name or its short name."),
    "unknown_layer": Rule(EMPTIED, "base, technology or application", "Use one of these, or 基础层 and so on."),
    "unknown_kind": Rule(EMPTIED, "a kind of organization", "Use one of the kinds that the contract lists."),
    "unknown_technology": Rule(EMPTIED, "a technology of the report", "Use its slug or its name."),
    "unknown_application": Rule(EMPTIED, "an application of the report", "Use its slug or its name."),
    "unknown_industry": Rule(EMPTIED, "a section or division of GB/T 4754", "Use C, 39, C39 or the name."),
    "sample_years_crossed": Rule(EMPTIED, "a first year not after the last", "Swap or correct the two years."),
    "abroad_with_province": Rule(EMPTIED, "no province for a node abroad", "Correct the kind or the province."),
    "province_differs": Rule(EMPTIED, "one province for the ends of a key", "Let merged rows agree."),
    # Nodes that the relations speak of.
    "inferred_node": Rule(INFERRED, "a row for the node", "Add it to organizations to give it a name."),
    "province_filled": Rule(INFERRED, "a province for the node", "Nothing to do; its relations agree."),
    "province_unclear": Rule(LEFT, "relations that agree on a node's province", "Fill in the node's province."),
}
# An unknown code is told by its taxonomy, as the words for a reader differ.
UNKNOWN = {
    "provinces": "unknown_province",
    "layers": "unknown_layer",
    "kinds": "unknown_kind",
    "technologies": "unknown_technology",
    "applications": "unknown_application",
    "industries": "unknown_industry",
}
