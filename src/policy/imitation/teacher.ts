/**
 * What annealing says of a position: a good order for what remains, and which vertices may go next
 * without loss. The rest of a game is annealed as a small graph of its own (src/core/order-walk.ts), exact
 * where edges carry no states; a vertex is good where moving it to the front of the annealed order makes the
 * order no dearer. No guarantee: annealing may have missed the best order, and a good vertex may
 * be the start of a better one still.
 */
import type { Annealer } from '../../core/annealer.ts';
import type { OrderWalk } from '../../core/order-walk.ts';
import type { EliminationHandle } from '../../core/types.ts';
import type { WasmEngine } from '../../core/wasm.ts';
import type { CostedGraph } from '../../cost/types.ts';
import type { Position } from '../../graph/types.ts';
import { orderFromPositions } from '../../order/orders.ts';

/** How long and how hot a position is annealed. */
export interface AnnealingSchedule {
  readonly sweeps: number;
  /** Proposals at each place in a sweep. */
  readonly tries: number;
  /** Temperatures of the first and the last sweep, in multiplications. */
  readonly hot: number;
  readonly cold: number;
}

/** Sweeps from hot to cold, geometrically; the annealer has been started. */
function cool(annealer: Annealer, { sweeps, hot, cold }: AnnealingSchedule): void {
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    annealer.sweep(hot * (cold / hot) ** (sweep / Math.max(1, sweeps - 1)));
  }
}

/** Asks annealing about the positions of one graph. */
export class Teacher {
  readonly #engine: WasmEngine;
  readonly #costed: CostedGraph;
  readonly #handle: EliminationHandle;
  readonly #walk: OrderWalk;

  constructor(engine: WasmEngine, costed: CostedGraph) {
    this.#engine = engine;
    this.#costed = costed;
    this.#handle = engine.load(costed);
    this.#walk = engine.walk(costed);
  }

  /**
   * Anneals what remains after some moves.
   * @param guess an order of all that remains, to begin with
   * @returns an order of it that costs no more
   */
  improve(
    moves: readonly Position[],
    guess: readonly Position[],
    schedule: AnnealingSchedule,
    seed: number,
  ): readonly Position[] {
    this.#walk.restart();
    this.#walk.advance(moves);
    const local = this.#walk.localGraph(guess);
    if (local === undefined) {
      throw new Error(`${this.#costed.graph.name} has too many edges to learn from`);
    }
    if (local.order.length < 2) return guess;
    const annealer = this.#engine.annealer(local.costed, { tries: schedule.tries });
    try {
      annealer.start(orderFromPositions(local.costed.graph, local.order), seed);
      cool(annealer, schedule);
      return [...local.free, ...annealer.bestOrder().map((place) => local.originOf(place))];
    } finally {
      annealer.dispose();
    }
  }

  /**
   * The vertices that may go next at no extra cost.
   * @param rest what remains after the moves, in the order to compare with
   * O(n²·degree²)
   */
  goodMoves(moves: readonly Position[], rest: readonly Position[]): ReadonlySet<Position> {
    const candidates = rest.map((vertex, place) =>
      orderFromPositions(this.#costed.graph, [
        ...moves,
        vertex,
        ...rest.slice(0, place),
        ...rest.slice(place + 1),
      ]),
    );
    const counts = this.#handle.count(candidates);
    // The first of the rest is where it was.
    const [base = 0] = counts;
    return new Set(rest.filter((_, place) => (counts[place] ?? Infinity) <= base));
  }

  dispose(): void {
    this.#handle.dispose();
    this.#walk.dispose();
  }
}
