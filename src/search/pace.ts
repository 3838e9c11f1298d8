/** Work cut into calls of some milliseconds, whatever a unit of it takes. */

/** Milliseconds that a call should take. */
const wanted = 5;

/** Sizes of calls: how many units of work at a time. */
export class Pace {
  #size = 1;

  /** Calls with a number of units, at most `most`, and learns from how long that takes. */
  call<T>(work: (units: number) => T, most = Infinity): T {
    const units = Math.min(this.#size, most);
    const start = performance.now();
    const result = work(units);
    const took = performance.now() - start;
    if (took > 2 * wanted) this.#size = Math.max(1, Math.floor(units / 2));
    else if (took < wanted && units === this.#size) this.#size = Math.min(2 * units, 2 ** 20);
    return result;
  }
}
