"""Draw new codes: from the prior, from a Gaussian mixture of the codes, of a class, or around one.

Every sampler gives a `CodeDistribution`, one or more Gaussians, whose samples are the same in
Python and in the browser.  A new sampler is one file: a subclass of `Sampler` under the name
``SAMPLER``.
"""

from latent_core.sampling.distribution import CodeDistribution
from latent_core.sampling.holes import HoleFractions, hole_fractions, outside_fraction
from latent_core.sampling.registry import SAMPLERS, sampler_from_dict
from latent_core.sampling.sampler import CodeSet, Sampler

__all__ = [
    "SAMPLERS",
    "CodeDistribution",
    "CodeSet",
    "HoleFractions",
    "Sampler",
    "hole_fractions",
    "outside_fraction",
    "sampler_from_dict",
]
