"""Who are the firms: when founded, where, how large, how inventive? Figures 1 to 12."""

from components.shell import chart_page

SPANS = {
    "founding": 6,
    "metropolitan_areas": 6,
    "firm_provinces": 6,
    "employees": 6,
    "listed": 6,
    "layers": 6,
    "revenue": 6,
    "rd_cost": 6,
    "rd_intensity": 6,
    "patents": 6,
    "patent_provinces": 6,
    "patent_layers": 6,
}

layout = chart_page(SPANS)
