/** A decoder whose requests are answered by the test. */
export class FakeDecoder {
  state = { mode: "browser", progress: 1, reason: "" };
  spec = { dim: 1 };
  size = 2; // values per image
  /** @type {{codes: number[], options: any, resolve: () => void, reject: (error: Error) => void}[]} */
  requests = [];

  /** The image of code c is (c, −c), its realism c. @param {Float32Array} codes @param {any} [options] */
  decode(codes, options) {
    return new Promise((resolve, reject) => {
      const images = Float32Array.from([...codes].flatMap((code) => [code, -code]));
      this.requests.push({
        codes: [...codes],
        options,
        resolve: () => resolve({ images, realism: Float32Array.from(codes) }),
        reject,
      });
    });
  }

  /** Answer a request and let the consumer go on. @param {number} index */
  async answer(index) {
    this.requests[index].resolve();
    await flushPromises();
  }

  /** @param {number} index @param {Error} error */
  async fail(index, error) {
    this.requests[index].reject(error);
    await flushPromises();
  }
}

/** Lets all pending promise callbacks run. */
export async function flushPromises() {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}
