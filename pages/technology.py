"""Which technologies reach which applications and industries? Figures 15 to 20."""

from components.shell import chart_page

SPANS = {
    "technologies": 6,
    "applications": 6,
    "industry_tree": 12,
    "industries": 6,
    "secondary_sections": 6,
    "tertiary_sections": 6,
    "manufacturing": 6,
}

layout = chart_page(SPANS)
