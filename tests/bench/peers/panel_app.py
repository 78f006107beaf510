"""The firms page in a few lines of Panel: a layer to choose, twelve charts."""

import panel as pn
from firms import CHARTS, FIRMS, LAYERS, draw

pn.extension("plotly")
layer = pn.widgets.RadioBoxGroup(options=["all", *LAYERS])


def chart(title):  # type: ignore[no-untyped-def]
    """Give the pane of one distribution."""
    return pn.pane.Plotly(
        pn.bind(lambda one: draw(FIRMS if one == "all" else FIRMS[FIRMS["layer"] == one], title), layer)
    )


pn.Column(layer, pn.GridBox(*[chart(title) for title in CHARTS], ncols=3)).servable()
