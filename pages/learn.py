"""Learn page: lessons on latent spaces."""

from ui.layout import frame
from ui.views.learn.page import draw_learn_page, heading

with frame(*heading()):
    draw_learn_page()
