"""The page that asks: where does my picture land."""

from ui.frame import frame
from ui.workbench import draw_workbench

with frame(
    "Where does my picture land?",
    "Draw, upload or photograph something, and follow it through the model: "
    "into a few numbers, and back to a picture.",
):
    draw_workbench()
