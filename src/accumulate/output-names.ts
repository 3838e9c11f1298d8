/** Names of the outputs of an accumulated Program: unique, and readable beside the formula. */

/** Gives names out; a name that is taken already gets primes. */
export class OutputNames {
  readonly #taken = new Set<string>();

  /** The name of a value of the function. */
  own(name: string): string {
    let free = name;
    while (this.#taken.has(free)) free += '′';
    this.#taken.add(free);
    return free;
  }

  /** `∂a/∂x`, and `∂(∂a/∂x)/∂y` for a second derivative. */
  partial(output = '', input = ''): string {
    const top = output.startsWith('∂') ? `(${output})` : output;
    return this.own(`∂${top}/∂${input}`);
  }
}
