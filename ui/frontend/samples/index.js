// @ts-check
/** An endless grid of random codes, drawn and decoded in this browser. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { createDecoderStatus } from "../decoding/status.js";
import { createSupportBadge } from "../widgets/decoded_image.js";
import { SampleControls } from "./controls.js";
import { legendText } from "./legend.js";
import { SampleStore } from "./sample_store.js";
import { ScrollGrid } from "./scroll_grid.js";
import { SAMPLES_STYLE } from "./style.js";
import { SampleTile } from "./tile.js";

/** @typedef {import("../core/component.js").Component} Component */
/** @typedef {import("../core/payloads.js").SampleGridData} SampleGridData */

const MIN_TILE_PX = 88;
const MIN_NAME_PX = 124;
const FRAME_PX = 12; // of both sides: border and padding
const CAPTION_PX = 20;
const NAME_PX = 34;
const PAIR_GAP_PX = 4;

/** @implements {Component} */
class SampleGrid {
  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-samples", SAMPLES_STYLE);
    createSupportBadge(); // the frames of the verdict
    this.store = new SampleStore({
      changed: () => this.#onChanged(),
      redrawn: () => this.grid.refresh(),
      failed: (error) => setText(this.note, error.message),
      report: (state) => send("changed", state),
    });
    this.controls = new SampleControls({
      move: (change) => this.store.change(change),
      release: () => this.store.report(),
    });
    this.grid = this.#createGrid();
    this.status = createDecoderStatus();
    this.note = el("p", { class: "ls-caption", "data-role": "note" });
    this.root = el(
      "section",
      { class: "ls ls-samples", "aria-label": "samples" },
      this.controls.root,
      this.grid.root,
      el("div", { class: "ls-samples-legend" }, this.note, this.status.root),
    );
    Object.assign(this.root, { __testHooks: this.store }); // for tests
  }

  #createGrid() {
    /** @param {number} index */
    const onPick = (index) => {
      this.store.change({ selected: index });
      this.store.report();
    };
    return new ScrollGrid(
      {
        create: () => new SampleTile(onPick),
        show: (tile, index) => this.store.show(tile, index),
        hide: (tile) => this.store.hide(tile),
      },
      "samples; scroll for more",
    );
  }

  /** @param {SampleGridData} data */
  update(data) {
    this.root.dataset.decodes = String(data.decoder !== null);
    this.root.dataset.sheet = String(data.sheet !== null);
    this.store.update(data);
    if (this.store.decoder) this.status.follow(this.store.decoder);
    this.status.root.hidden = !this.store.decoder;
    const { selected } = this.store.state;
    if (selected !== null && this.#isFirst) this.grid.reveal(selected);
    this.#isFirst = false;
    this.root.dataset.ready = "true";
  }
  #isFirst = true;

  #onChanged() {
    const { data, state } = this.store;
    if (!data) return;
    this.controls.update(state, data.sample_noun);
    this.root.dataset.nearest = String(state.nearest);
    setText(this.note, legendText(data, state.nearest));
    this.#fitTiles();
    for (const [index, tile] of this.grid.tiles) tile.select(index === state.selected);
  }

  /** The size of tiles; done again only where it differs. */
  #fitTiles() {
    const { data, state } = this.store;
    const [channels, height, width] = data?.decoder?.shape ?? [1, 1, 1];
    const ratio = data?.sheet ? data.sheet.height / data.sheet.width : height / width;
    const isPair = state.nearest && data?.decoder !== null;
    const isName = data?.decoder === null && !data?.sheet;
    const key = `${channels} ${ratio} ${isPair} ${isName} ${state.nearest}`;
    if (key === this.#tileSize) return;
    this.#tileSize = key;
    const caption = state.nearest ? CAPTION_PX : 0;
    const images = isPair ? 2 : 1;
    const gaps = FRAME_PX + (images - 1) * PAIR_GAP_PX;
    this.grid.setTileSize(isName ? MIN_NAME_PX : images * MIN_TILE_PX, (tileWidth) =>
      isName ? NAME_PX + caption : ((tileWidth - gaps) / images) * ratio + FRAME_PX + caption,
    );
  }
  #tileSize = "";

  dispose() {
    this.store.dispose();
    this.grid.dispose();
    this.status.dispose();
  }
}

export default defineComponent((send) => new SampleGrid(send));
