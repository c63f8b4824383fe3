"""Learn page: lessons on latent spaces."""

from ui.layout import frame
from ui.views.learn.page import draw_learn_page, heading, tour_name

with frame(*heading(), page=tour_name()):
    draw_learn_page()
