// @ts-check
/**
 * The map: points to hover, click, filter and select.  Images, colors and positions are all
 * in the browser, so only selections are sent to Python.
 */

import { defineComponent } from "../core/component.js";
import { LatentMap } from "./latent_map.js";

export default defineComponent((send) => new LatentMap(send));
