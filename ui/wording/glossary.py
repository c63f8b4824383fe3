"""The words of the app, each with a plain sentence; ``docs/glossary.md`` has the same table."""

from __future__ import annotations

import re

GLOSSARY: tuple[tuple[str, str], ...] = (
    ("code (latent code)", "a short list of numbers that stands for the image"),
    ("latent dimension (z1 … zD)", "one number of the code"),
    ("latent space", "all possible codes"),
    ("encoder, decoder", "from an image to its code; from a code to an image"),
    ("reconstruction", "the image decoded from an image's code"),
    (
        "reconstruction error (MSE)",
        "how far the reconstruction is from the original: mean squared error per pixel",
    ),
    ("prior, samples from the prior", "images of random codes from N(0, I)"),
    (
        "samples from the mixture",
        "images of random codes from a Gaussian mixture fitted to the data's codes",
    ),
    (
        "temperature, truncation",
        "how far samples may be from the center: a factor of the spread; the share that is kept",
    ),
    ("projection, map", "codes of many dimensions shown in 2 or 3"),
    ("trustworthiness", "how well a map keeps neighborhoods; 1 is perfect"),
    ("transform, inverse transform", "from a code to its point on the map; from a point to a code"),
    (
        "path: linear, spherical, geodesic",
        "the way from one code to another: straight, on a sphere, along the data",
    ),
    ("traversal", "images while one dimension changes and the others stay"),
    ("active units, inactive dimensions", "dimensions the model uses; those it does not use"),
    ("KL divergence (nats)", "how far the codes' distribution is from the prior"),
    (
        "holes",
        "parts of the prior far from all codes of the data: what is decoded there was not learned",
    ),
    (
        "sensitivity",
        "how strongly a dimension changes the image: norm of the decoder's Jacobian",
    ),
    (
        "perceptual path length",
        "how evenly images change along paths between codes; small is smooth",
    ),
    ("support: near data, sparse, far from data", "is the code near codes of the data?"),
    (
        "realism: like the data, doubtful, unlike the data",
        "does a decoded image look like what models decode from the data?",
    ),
    ("verdict", "the worse of support and realism"),
    (
        "neighborhood agreement",
        "the share of an image's nearest codes that two models have in common",
    ),
    (
        "displacement",
        "how far away an image's neighbors under one model are under the other; by chance 0.5",
    ),
    ("linear CKA", "how alike two models' codes are up to rotation and scale: 0 to 1"),
    ("factor", "one number an image was made from, such as age"),
    (
        "principal directions",
        "the directions in which the codes of a data set vary most (principal components)",
    ),
    (
        "attribute directions, attribute sliders",
        "move all dimensions together so that one factor grows",
    ),
    ("dimension groups", "dimensions that change the same part of the image"),
    (
        "crossover, variations",
        "a mixture of two codes, group by group; codes near it (page mode Family)",
    ),
    (
        "kNN distance, Mahalanobis distance",
        "from a code to its nearest codes; from the mean of all, in units of their spread",
    ),
    (
        "AUROC",
        "how often an outlier has a higher score than a usual sample; 0.5 is chance, 1 perfect",
    ),
    (
        "PSNR, SSIM",
        (
            "how near an image is to another: from the mean squared error, in dB; by structure in "
            "small windows, 1 is equal"
        ),
    ),
    ("entropy coding", "frequent values in few bits, rare ones in many"),
    (
        "linear probe, kNN probe",
        "what can be predicted from the code alone, by a linear model or the nearest codes",
    ),
    (
        "evaluation network",
        (
            "a network whose features metrics of images are measured with; two per data set, no "
            "part of any loss"
        ),
    ),
    (
        "accuracy retained, R² retained",
        "of a linear probe on its features: accuracy or R² on reconstructions ÷ on originals",
    ),
    (
        "Fréchet distance (FD)",
        (
            "how different two sets of images are in the features of an evaluation network; 0 is "
            "equal, the noise floor is that of real images"
        ),
    ),
    (
        "precision, recall, density, coverage",
        "how real samples are, and how much of the real images they cover",
    ),
    ("rate", "another word for the KL divergence of the posterior from the prior"),
    ("MIG", "mutual information gap: does one dimension hold one factor?"),
    ("SAP", "separated attribute predictability: does one dimension predict one factor best?"),
    (
        "DCI",
        "disentanglement, completeness, informativeness: what forests that predict factors look at",
    ),
    ("precomputed embeddings", "codes that come without images"),
    ("inversion", "finding the code of an image by optimization, where there is no encoder"),
    ("±", "standard deviation; what it is over, and over how many trainings, is always said"),
    (
        "tray",
        (
            "samples and codes that were kept, at the bottom of every page: a sample by Add to "
            "tray, a point between samples of the map by the click on it"
        ),
    ),
)


def meaning_of(word: str) -> str:
    """The sentence of the entry that has `word` among its words.

    Raises
    ------
    KeyError
        There is none.
    """
    for words, meaning in GLOSSARY:
        if word in (part.strip() for part in re.split("[(),:]", words)):
            return meaning
    raise KeyError(word)
