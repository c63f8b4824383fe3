"""Open page: a visitor's own model and own data."""

from ui.layout import frame
from ui.views.open.page import draw_open_page

with frame(
    "Explore your own model and data",
    "Drop your [encoder] and [decoder] as ONNX files, or your images or embeddings. What was "
    "understood is shown before anything is opened; nothing in your files is run as code.",
    page="open",
):
    draw_open_page()
