// @ts-check
/** Which parts of the dimension sliders are open; kept with the code, across pages. */

export class ViewSettings {
  /** @type {Set<number>} */ openFilmstrips = new Set(); // dimensions with an open filmstrip
  showsAll = false; // whether all dimensions are shown, where there are many
  showsGrid = false; // whether decoded images are shown behind the plane

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  /** @param {number} d */
  toggleFilmstrip(d) {
    if (!this.openFilmstrips.delete(d)) this.openFilmstrips.add(d);
    this.changed();
  }

  /** @param {number[]} dims whose filmstrips are open */
  openOnly(dims) {
    this.openFilmstrips = new Set(dims);
    this.changed();
  }

  /** Open all filmstrips, or close them if all are open. @param {number[]} dims */
  toggleFilmstrips(dims) {
    this.openOnly(this.allOpen(dims) ? [] : dims);
  }

  /** @param {number[]} dims */
  allOpen(dims) {
    return dims.length > 0 && this.openFilmstrips.size >= dims.length;
  }

  showAll() {
    this.showsAll = true;
    this.changed();
  }

  toggleGrid() {
    this.showsGrid = !this.showsGrid;
    this.changed();
  }
}
