// @ts-check
/** Constants shared with Python; `python -m ui.components.contract` writes this file. */

// latent_core.analysis.support
export const SUPPORT_NEIGHBORS = 5;
export const MIN_SUPPORT_DISTANCE = 1e-30;

// latent_core.interpolation.interpolate
export const MIN_SINE = 1e-6;

// latent_core.projection.out_of_sample
export const PLACEMENT_NEIGHBORS = 15;
export const PLACEMENT_ITERATIONS = 30;
export const PLACEMENT_EPSILON = 1e-12;
export const BANDWIDTH_LIMIT = 14;
export const BANDWIDTH_STEPS = 40;
export const RIDGE = 0.001;

// latent_core.sampling.noise
export const WEYL_INCREMENT = 2654435769;
export const FIRST_MIX_FACTOR = 2246822507;
export const SECOND_MIX_FACTOR = 3266489909;
export const CHOICE_COUNTER = 4294967295;

// ui.components.crossover
export const N_VARIATIONS = 8;
export const MAX_VARIATION_SEED = 999999;

// ui.components.decoder
export const MAX_SERVER_CODES = 64;

// ui.components.map_events
export const MAX_POINT_DISTANCE = 3;

// ui.components.morph_types
export const MIN_WAYPOINTS = 2;
export const MIN_LEG_SECONDS = 0.1;
export const MAX_LEG_SECONDS = 60;
export const END_SLOT = "end";
export const EXTRAPOLATION = 0.5;

// ui.components.quantize
export const QUANTIZATION_LEVELS = 65535;

// ui.components.sample_grid
export const MAX_SAMPLE_SEED = 999999;
export const MAX_SAMPLE_TEMPERATURE = 2;
export const MIN_SAMPLE_TRUNCATION = 0.01;
