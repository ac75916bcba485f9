"""A sheet to draw on in pixels from the top left corner; what is drawn comes out as PNG, the same bytes each time."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Patch, Rectangle
from matplotlib.patheffects import AbstractPathEffect, Normal, Stroke
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform
from PIL import Image

from dashboards.pictures.font import drawable, families

_DPI = 72.0
INK = "#222222"
GREY = "#666666"


class Sheet:
    """A white sheet.

    Parameters
    ----------
    width, height : int
        [px]
    """

    def __init__(self, width: int, height: int, colour: str = "#FFFFFF") -> None:
        self.width, self.height = width, height
        self._figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI, facecolor=colour)
        self._canvas = FigureCanvasAgg(self._figure)
        self._order = 0.0

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        line: float = 1.0,
        dashed: bool = False,
        hatch: str | None = None,
        hatch_colour: str = "#FFFFFF",
        round_by: float = 0.0,
    ) -> None:
        """Draw a box; x and y are its top left corner [px]."""
        place = (x, self.height - y - height)
        style: dict[str, Any] = {
            "facecolor": fill or "none",
            "edgecolor": edge or "none",
            "linewidth": line if edge else 0.0,
            "linestyle": (0, (4, 2)) if dashed else "solid",
        }
        patch: Patch
        if round_by:
            form = f"round,pad=0,rounding_size={round_by}"
            patch = FancyBboxPatch(place, width, height, boxstyle=form, mutation_aspect=1, **style)
        else:
            patch = Rectangle(place, width, height, **style)
        self._add(patch)
        if hatch:
            stripes = Rectangle(place, width, height, facecolor="none", edgecolor=hatch_colour, linewidth=0)
            stripes.set_hatch(hatch)
            stripes.set_hatch_linewidth(1.2)
            self._add(stripes)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str = INK,
        *,
        width: float = 1.0,
        dashed: bool = False,
    ) -> None:
        """Draw a line through points [px]."""
        self._add(
            Line2D(
                [x for x, _ in points],
                [self.height - y for _, y in points],
                color=colour,
                linewidth=width,
                linestyle=(0, (5, 3)) if dashed else "solid",
            )
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        colour: str = INK,
        align: Literal["left", "center", "right"] = "left",
        bold: bool = False,
        turned: float = 0.0,
        faint: float = 1.0,
        halo: bool = False,
    ) -> None:
        """Write one line; y is its baseline [px], or the middle of the text where it is turned [degrees].

        A halo keeps it legible across lines. Bold is the same face drawn with a thicker pen: a second font file would be
        as large as the first.
        """
        effects: list[AbstractPathEffect] = []
        if halo:
            effects = [Stroke(linewidth=size * 0.22, foreground="#FFFFFF"), Normal()]
        elif bold:
            effects = [Stroke(linewidth=size * 0.045, foreground=colour, alpha=faint), Normal()]
        self._add(
            Text(
                x,
                self.height - y,
                drawable(text),
                color=colour,
                alpha=faint,
                fontproperties=FontProperties(family=list(families()), size=size),
                horizontalalignment=align,
                verticalalignment="center" if turned else "baseline",
                rotation=turned,
                path_effects=effects,
                # A dollar sign in a name is a dollar sign.
                parse_math=False,
                usetex=False,
            )
        )

    def _add(self, artist: Patch | Line2D | Text) -> None:
        self._order += 1
        artist.set_zorder(self._order)
        artist.set_clip_on(False)
        artist.set_transform(IdentityTransform())
        self._figure.add_artist(artist, clip=False)

    def png(self, colours: int = 128) -> bytes:
        """Give the sheet as PNG with a palette of so many colours."""
        self._canvas.draw()
        rgb = Image.frombuffer("RGBA", (self.width, self.height), bytes(self._canvas.buffer_rgba())).convert(
            "RGB"
        )
        few = rgb.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        out = BytesIO()
        few.save(out, "PNG", optimize=True)
        return out.getvalue()
