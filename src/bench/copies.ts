/**
 * A memory copy of so many bytes, to be timed beside what moves as many. All copies of a suite go between
 * the same two buffers, which are as large as the largest of them.
 */
export class Copies {
  #source = new Uint8Array(0);
  #target = new Uint8Array(0);

  /** A copy of so many bytes, ready to be run. */
  of(bytes: number): () => void {
    if (this.#source.length < bytes) {
      // Written to, so that all pages are there before anything is timed.
      this.#source = new Uint8Array(bytes).fill(1);
      this.#target = new Uint8Array(bytes).fill(2);
    }
    let source: Uint8Array | undefined;
    return () => {
      // Not before the first run: buffers may still grow while cells are made.
      source ??= this.#source.subarray(0, bytes);
      this.#target.set(source);
    };
  }
}
