/** The host's side of a beam in the WASM core (assembly/beam.ts). */
import type { EliminationOrder } from '../order/types.ts';
import { UserError } from '../support/user-error.ts';
import type { LoadedGraph } from './anneal.ts';
import type { BeamOptions, BeamPass, BeamSearch } from './play-searches.ts';
import { mostACall, SearchedPlay } from './searched-play.ts';

/** What a beam may take of the core's memory. */
const mostBytes = 2 ** 30;

/** What extendBeam comes back with at the end, as in assembly/beam-layout.ts. */
const passIsDone = 2;

/** A beam on a graph that nobody else uses. */
export class WasmBeam implements BeamSearch {
  readonly #search: SearchedPlay;
  readonly widest: number;

  /**
   * Takes the loaded graph over, and frees it where that fails.
   * @throws UserError for graphs that the core keeps as lists, and for a width beyond a GiB
   */
  constructor(loaded: LoadedGraph, { width, damage }: BeamOptions) {
    let widest = 1;
    this.#search = new SearchedPlay(
      loaded,
      { damage, tracking: damage > 0 ? 'damage' : 'degrees' },
      {
        create: (core, play) => {
          // A beam of one takes a little more than its share of a wide one.
          widest = Math.floor(mostBytes / core.beamBytes(play, 1));
          if (width > widest) throw tooWide(loaded.graph.name, width, widest);
          return core.createBeam(play, width);
        },
        free: (core, pointer) => {
          core.disposeBeam(pointer);
        },
      },
    );
    this.widest = widest;
  }

  start({ width, seed }: BeamPass): void {
    const { core, pointer, weight } = this.#search;
    core.startBeam(pointer, width, weight, seed === undefined ? 0 : 1, seed ?? 0);
  }

  extend(most: number): boolean {
    const { core, pointer } = this.#search;
    for (;;) {
      const done = core.extendBeam(pointer, Math.min(most, mostACall)) === passIsDone;
      if (done) core.bestOfBeam(pointer);
      if (done || !this.#search.resolveStop()) return done;
    }
  }

  narrow(): void {
    this.#search.core.narrowBeam(this.#search.pointer);
  }

  get cost(): number {
    return this.#search.cost;
  }

  order(): EliminationOrder {
    return this.#search.order();
  }

  get isExhaustive(): boolean {
    return this.#search.core.isBeamCut(this.#search.pointer) === 0;
  }

  dispose(): void {
    this.#search.dispose();
  }
}

function tooWide(name: string, width: number, widest: number): UserError {
  return new UserError({
    code: 'beam-too-wide',
    message:
      `a beam of ${width} positions of ${name} takes more than a GiB; ` +
      (widest > 0 ? `use at most ${widest}` : 'use another strategy'),
  });
}
