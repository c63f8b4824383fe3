"""The page that asks: where does my picture land."""

from ui.layout import frame
from ui.views.encode.page import draw_workbench

with frame(
    "Where does my picture land?",
    "Draw, upload or photograph something, and follow it through the model: "
    "into a few numbers, and back to a picture.",
):
    draw_workbench()
