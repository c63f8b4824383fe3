// @ts-check
/** Which classes the legend hides. */

export class ClassFilter {
  /** @type {Set<number>} */ hidden = new Set();

  /** @param {number} count of classes; all are shown */
  constructor(count) {
    this.count = count;
  }

  /** Show or hide a class; hiding the last one shows all. @param {number} index */
  toggle(index) {
    if (!this.hidden.delete(index)) this.hidden.add(index);
    if (this.hidden.size === this.count) this.showAll();
  }

  /** @param {number} index */
  showOnly(index) {
    this.hidden = new Set(Array.from({ length: this.count }, (_, k) => k));
    this.hidden.delete(index);
  }

  showAll() {
    this.hidden = new Set();
  }
}
