"""Why samples from the prior may be worse, in plain words with the measured fractions."""

from __future__ import annotations

from latent_core.sampling import HoleFractions


def prior_explanation(holes: HoleFractions, family: str) -> str:
    """One paragraph on prior and mixture of a model, with the fractions not near data."""
    if holes.prior is None:
        return (
            "This model was trained without a prior: nothing says where in its latent space codes "
            f"lie. {_mixture_sentence(holes)}"
        )
    far = (
        f"Of {holes.n_samples:,} codes from the prior N(0, I), {_percent(holes.prior)} are "
        "not near data"
    )
    if holes.mixture is not None:
        far += f"; of as many from the Gaussian mixture, {_percent(holes.mixture)}"
    far += f"; of the data's own codes, {_percent(holes.data)}."
    if family == "gan":
        return f"{far} A GAN is trained to decode codes from its prior, so it knows all of them."
    if holes.prior_is_worse:
        return (
            f"{far} The decoder was only trained on codes of images, and these do not fill the "
            "prior: between them are holes, and a code from a hole decodes to an image unlike the "
            "data. So the mixture, fitted to the codes after training, is the default."
        )
    return f"{far} The codes of the data fill the prior, so that both can be drawn from."


def _mixture_sentence(holes: HoleFractions) -> str:
    if holes.mixture is None:
        return "Its codes are too few for a Gaussian mixture."
    return (
        f"A Gaussian mixture is fitted to its codes instead: of {holes.n_samples:,} samples, "
        f"{_percent(holes.mixture)} are not near data; of the data's own codes, "
        f"{_percent(holes.data)}."
    )


def _percent(fraction: float) -> str:
    return (
        f"{100 * fraction:.0f} %" if fraction >= 0.1 or fraction == 0 else f"{100 * fraction:.1f} %"
    )
