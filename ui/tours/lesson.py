"""The tour of a step of a lesson."""

from ui.tours.step import TourStep

STEPS = (
    TourStep(
        selector=".st-key-learn-text",
        title="What to do",
        text="Each step explains one idea and asks for one action. Terms with a dotted line open "
        "their meaning.",
    ),
    TourStep(
        selector=".st-key-learn-scene",
        title="Try it",
        text="Here the step takes place. Drag, draw or choose: nothing can break.",
    ),
    TourStep(
        selector=".st-key-learn-feedback",
        title="Feedback",
        text="When you have done what the step asks for, the explanation appears here.",
    ),
    TourStep(
        selector=".st-key-learn-navigation",
        title="Steps",
        text="Go to the next step or back; the arrow keys do the same.",
    ),
    TourStep(
        selector=".st-key-frame-buttons",
        title="The header",
        text="Copy the link of this step, share it with a class, or enlarge the text for a "
        "projector.",
    ),
)
