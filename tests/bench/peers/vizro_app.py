"""The firms page in a few lines of Vizro: a layer to choose, twelve charts."""

import sys

import vizro.models as vm
from firms import CHARTS, FIRMS, LAYERS, draw
from vizro import Vizro
from vizro.models.types import capture


@capture("graph")
def distribution(data_frame, title):  # type: ignore[no-untyped-def]
    return draw(data_frame, title)


page = vm.Page(
    title="Firms",
    layout=vm.Grid(grid=[[at, at + 1, at + 2] for at in range(0, len(CHARTS), 3)], row_min_height="280px"),
    components=[vm.Graph(id=f"g-{title}", figure=distribution(FIRMS, title=title)) for title in CHARTS],
    controls=[vm.Filter(column="layer", selector=vm.RadioItems(options=["ALL", *LAYERS]))],
)
app = Vizro().build(vm.Dashboard(pages=[page]))

if __name__ == "__main__":
    app.run(port=int(sys.argv[1]), debug=False)
