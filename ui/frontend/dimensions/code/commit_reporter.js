// @ts-check
/** Reports committed codes to Python, each state once. */

/** @typedef {{z: number[], start: string, label: string, locked: number[]}} CommittedState */
/** @typedef {(send: () => void, discard: () => void) => void} Defer calls one of the two, perhaps later */

export class CommitReporter {
  revision = NaN; // of the start that Python has sent last
  /** @type {(event: string, value: any) => void} */ send = () => {};
  #reported = ""; // the last reported state, as JSON

  /** @param {Defer} defer */
  constructor(defer) {
    this.defer = defer;
  }

  /** Send the state, unless Python has it. @param {CommittedState} state */
  report(state) {
    const message = { revision: this.revision, ...state };
    const text = JSON.stringify(message);
    if (text === this.#reported) return;
    this.#reported = text;
    const { send } = this;
    this.defer(
      () => send("committed", message),
      () => this.forget(),
    );
  }

  /** Python has this state. @param {CommittedState} state */
  markReported(state) {
    this.#reported = JSON.stringify({ revision: this.revision, ...state });
  }

  /** Python may have another state: the next report is sent. */
  forget() {
    this.#reported = "";
  }
}
