// @ts-check
/** What is chosen on the map: one picture, or one place between them, or nothing. */

import { OptimisticValue } from "../../core/optimistic.js";

/** @typedef {[number, number]} Place in the map's own numbers */

export class Choice {
  #picture = new OptimisticValue(/** @type {number | null} */ (null));
  #place = new OptimisticValue(""); // as "x,y"

  /**
   * @param {import("../scene/scene.js").Scene} scene
   * @param {import("../decode/hover_decoder.js").Look} look
   * @param {object} on
   * @param {() => void} on.picture another one is chosen, or none
   * @param {() => string} on.noun what a sample is
   * @param {() => void} on.place another one is chosen, or none
   * @param {() => boolean} on.choosing whether places can be chosen
   * @param {(words: string) => void} on.say
   * @param {(event: "picked" | "placed", value: any) => void} on.send
   */
  constructor(scene, look, on) {
    this.scene = scene;
    this.look = look;
    this.on = on;
  }

  get picture() {
    return this.#picture.value;
  }

  /** @returns {Place | null} */
  get place() {
    return this.#place.value ? /** @type {Place} */ (this.#place.value.split(",").map(Number)) : null;
  }

  /** What Python says. @param {number | null} picture */
  followPicture(picture) {
    const before = this.picture;
    this.#picture.receive(picture);
    if (this.picture !== before) this.on.picture();
  }

  /** What Python says. @param {Place | null} place */
  followPlace(place) {
    this.#place.receive(place?.join() ?? "");
    this.on.place(); // the map it lies on may be another one
  }

  /** @param {number} x @param {number} y in pixels @param {number} radius of a dot's reach @param {boolean} free no outline is being drawn */
  click(x, y, radius, free) {
    const id = this.scene.hit(x, y, radius);
    if (id !== null) this.pick(id);
    else if (free && this.on.choosing()) this.#put(this.look.choose(x, y));
  }

  /** The shown picture after or before the chosen one. @param {number} step */
  step(step) {
    const { shown, region } = this.scene;
    const n = shown.length;
    let id = this.picture ?? (step > 0 ? -1 : 0);
    for (let tries = 0; tries < n; tries++) {
      id = (id + step + n) % n;
      if (shown[id] && (!region || region[id])) {
        this.pick(id);
        return;
      }
    }
  }

  /** @param {number} id */
  pick(id) {
    this.#picture.set(id);
    if (this.place) this.#place.set("");
    this.#changed();
    this.on.say(`${this.look.on.caption(id).name}, ${this.on.noun()} ${id}`);
    this.on.send("picked", { id });
  }

  /** @param {Place | null} place */
  #put(place) {
    if (!place) return;
    this.#picture.set(null);
    this.#place.set(place.join());
    this.#changed();
    this.on.say(`This place is decoded and in the tray: ${this.look.wordAt(place)}`);
    this.on.send("placed", { at: place });
  }

  #changed() {
    this.on.picture();
    this.on.place();
  }
}
