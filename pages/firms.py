"""Who are the firms: when founded, where, how large, how inventive? Figures 1 to 12, and all of them one by one."""

from components.firm_table import firm_table
from components.shell import chart_page

# Three in a row on a wide screen: a click on one shows at once in all.
SPANS = {
    "founding": 4,
    "metropolitan_areas": 4,
    "listed": 4,
    "firm_provinces": 4,
    "patent_provinces": 4,
    "patents": 4,
    "layers": 4,
    "patent_layers": 4,
    "patents_per_firm": 4,
    "employees": 4,
    "revenue": 4,
    "rd_cost": 4,
    "rd_intensity": 4,
    "firm_spread": 8,
}

layout = chart_page(SPANS, below=firm_table)
