"""The columns of the small tables: what is counted, and by what a reader can filter."""

from analytics.classes import ALL

NO_YEAR = 0  # of an undated relation, and of a firm whose founding is not known

# What every relation can be filtered by: the two ends' places and layers, and the year.
ENDS = ("year", "source_province", "target_province", "source_layer", "target_layer")
TOPICS = ("technology", "application", "industry")
CUBES = {
    "flows": (),
    "technologies_by_end": ("technology",),
    "applications_by_end": ("application",),
    "industries_by_end": ("industry",),
    "technology_applications": ("technology", "application"),
    "technology_industries": ("technology", "industry"),
    "application_industries": ("application", "industry"),
}
FIRM_DIMENSIONS = ("province", "layer", "listed", "founded_year", *(one.column for one in ALL))
FIRM_NUMBERS = ("employees", "revenue_cny", "rd_cost_cny", "intensity", "patents")

# Filter -> the column of `firm_values` that it picks by.
FIRM_FIELDS = {
    "provinces": "province",
    "layers": "layer",
    "founded": "founded_year",
    "employees": "employees_class",
    "listed": "listed",
    "revenue": "revenue_class",
    "rd_cost": "rd_class",
    "rd_intensity": "intensity_class",
    "patents": "patents_class",
}
