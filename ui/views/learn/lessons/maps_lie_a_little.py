"""Lesson: what a map of many dimensions keeps, and what it does not."""

from __future__ import annotations

from functools import partial

from ui.views.learn.lesson import NOTHING_YET, Feedback, Lesson, Step, done, not_yet
from ui.views.learn.map_figures import N_PER_CLUSTER
from ui.views.learn.map_scene import (
    NAMES,
    ClustersState,
    RollState,
    TrustState,
    draw_clusters,
    draw_roll,
    draw_trust,
)
from ui.views.learn.prediction import prediction_sentence

UNROLLED = 0.95
"""From this R² on, a map has the sheet in order."""
TIE = 0.001
"""Trustworthiness is shown with three decimals; a smaller difference is none."""
TRUST = {"isomap": "Isomap", "tsne": "t-SNE", "equal": "Equally good"}
RATIOS = {"1": "About as far", "5": "About 5 times as far", "25": "About 25 times as far"}


def check_roll(state: RollState) -> Feedback:
    """The map that is shown has the sheet in order."""
    if state.order is None or state.method == "latent":
        return NOTHING_YET
    share = f"the place on the map explains {state.order:.0%} of where a point lies on the sheet"
    if state.order >= UNROLLED:
        return done(f"{NAMES[state.method]}: {share}.")
    return not_yet(f"{NAMES[state.method]} has not unrolled it in one piece: {share}. Try others.")


def why_roll(state: RollState) -> str:
    """Why some methods unroll, with the baseline."""
    return (
        f"In 3D a straight direction explains only {state.order_3d:.0%} (R², {state.n_points:,} "
        "points). PCA can only turn the roll and show it from one side: it stays rolled up. "
        "Isomap measures distances along the sheet, from neighbor to neighbor; LLE keeps how each "
        "point lies among its neighbors. Both can flatten the roll."
    )


def best_trust(state: TrustState) -> str:
    """Which of Isomap and t-SNE has the higher trustworthiness; "equal" in a tie."""
    difference = state.figures.trust["isomap"] - state.figures.trust["tsne"]
    if abs(difference) < TIE:
        return "equal"
    return "isomap" if difference > 0 else "tsne"


def check_trust(state: TrustState) -> Feedback:
    """All maps were seen after a prediction, and the answer is right."""
    if state.answer.last is None:
        return NOTHING_YET
    unseen = [NAMES[name] for name in state.figures.trust if name not in state.seen]
    if unseen:
        return not_yet(f"Your prediction is noted. Now look at the map of: {unseen[0]}.")
    right = best_trust(state)
    if state.answer.last == right:
        return done(prediction_sentence(state.answer, right, TRUST))
    return not_yet("Compare the figures in the corners of both maps, and answer again.")


def why_trust(state: TrustState) -> str:
    """What trustworthiness does not see, with chance as the baseline."""
    found = state.figures
    trust, order = found.trust, found.order
    return (
        f"Trustworthiness asks whether a point's {found.n_neighbors} neighbors on the map are its "
        f"neighbors in the data: Isomap {trust['isomap']:.3f}, t-SNE {trust['tsne']:.3f}, even PCA "
        f"{trust['pca']:.3f}; in random order {found.random:.2f}. The large shape does not count: "
        f"the place explains {order['isomap']:.0%} of the sheet with Isomap, {order['tsne']:.0%} "
        f"with t-SNE, {order['pca']:.0%} with PCA."
    )


def check_clusters(state: ClustersState) -> Feedback:
    """Another perplexity and another seed were seen, and the answer is right."""
    if state.answer.last is None:
        return NOTHING_YET
    if len(state.perplexities) < 2:
        return not_yet("Your prediction is noted. Now look at another perplexity.")
    if len(state.seeds) < 2:
        return not_yet("Now look at another seed.")
    right = min(RATIOS, key=lambda option: abs(state.ratio / float(option) - 1))
    found = f"On this map C is {state.ratio:.1f} times as far from A as B is."
    if state.answer.last != right:
        return not_yet(f"{found} Answer again.")
    return done(f"{found} {prediction_sentence(state.answer, right, RATIOS)}")


def why_clusters(state: ClustersState) -> str:
    """Why distances between clusters are lost."""
    return (
        f"In the data it is {state.true_ratio:.1f} times (three clusters of {N_PER_CLUSTER} "
        "points), as PCA shows it. t-SNE keeps who is a neighbor of whom. Of points that are no "
        "neighbors it only knows that they are apart, not how far: do not read distances between "
        "its clusters."
    )


LESSON = Lesson(
    id="maps-lie-a-little",
    position=5,
    title="Maps lie a little",
    summary="Unroll a sheet, and learn what a map of a latent space keeps and what it loses.",
    icon=":material/map:",
    steps=(
        Step(
            title="Unroll the roll",
            text=lambda: (
                "A latent space has many dimensions, a [map] two. Here is a small case: points of "
                "a sheet that is rolled up in 3D; the color says how far along the sheet a point "
                "is. Each method makes another map of it. UMAP takes some seconds."
            ),
            action="Find a map on which the colors are in order from one side to the other.",
            draw=draw_roll,
            check=check_roll,
            reason=why_roll,
        ),
        Step(
            title="How far can one trust it?",
            text=lambda: (
                "[Trustworthiness|trustworthiness] is the usual measure of a map: it is 1 if all "
                "neighbors on the map are neighbors in the data. It stands in the corner of the "
                "map once you have predicted."
            ),
            action="Predict which map is better by this measure, then look at all three.",
            draw=partial(draw_trust, "Which map has the higher trustworthiness?", TRUST),
            check=check_trust,
            reason=why_trust,
        ),
        Step(
            title="Distances between clusters",
            text=lambda: (
                "Three clusters in 10 dimensions. The map of PCA shows how far they are apart: B "
                "is near A, C is far from both. t-SNE has two settings: the perplexity, about how "
                "many neighbors a point has, and the seed of its random numbers."
            ),
            action="Predict the map of t-SNE, then look at another perplexity and another seed.",
            draw=partial(
                draw_clusters, "On the t-SNE map, how far is C from A, compared with B?", RATIOS
            ),
            check=check_clusters,
            reason=why_clusters,
        ),
    ),
)
