"""Encode page: a visitor's image through the model."""

from ui.layout import frame
from ui.views.encode.page import draw_encode_page

with frame(
    "Where does my image land?",
    "Draw, upload or photograph something and follow it through the model: the [encoder] turns it "
    "into a [latent code], a short list of numbers, and the [decoder] turns the code into an "
    "image.",
    page="encode",
):
    draw_encode_page()
