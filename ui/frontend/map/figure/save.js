// @ts-check
/** Saves what a map shows as a file. */

import { el } from "../../core/dom.js";
import { figureSvg } from "./figure_svg.js";
import { mapFigure } from "./map_figure.js";

const SVG_TYPE = "image/svg+xml";
const PIXELS = 2; // of the PNG, per CSS pixel

/** @param {string} text @param {number} width @param {number} height in CSS pixels @returns {Promise<Blob>} */
async function toPng(text, width, height) {
  const image = new Image();
  image.src = `data:${SVG_TYPE};charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = el("canvas", { width: PIXELS * width, height: PIXELS * height });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no image"))), "image/png"),
  );
}

/** A file name of letters, digits and hyphens. @param {string} title */
export function fileName(title) {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? ["map"];
  return words.join("-").slice(0, 80);
}

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const href = URL.createObjectURL(blob);
  el("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href));
}

/** @param {import("../latent_map.js").LatentMap} map @param {import("../view_menu.js").FileKind} kind */
export async function saveMap(map, kind) {
  const { text, width, height } = figureSvg(mapFigure(map));
  const blob =
    kind === "png" ? await toPng(text, width, height) : new Blob([text], { type: SVG_TYPE });
  download(blob, `${fileName(map.data?.title ?? "")}.${kind}`);
}
