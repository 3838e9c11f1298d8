/** What a search under the cost model `compiled` tells its restarts. */
import type { InternedFunction } from '../../core/interned.ts';
import type { Graph, Position } from '../../graph/types.ts';

/** What all restarts work on: plain data, so that it travels to threads. */
export interface CompiledRestartData {
  /** The function with its values interned, as the core takes it. */
  readonly interned: InternedFunction;
  /** The graph whose orders the core anneals: its vertices are elements. */
  readonly elements: Graph;
  /** Each eliminable vertex of the subject's graph beside the element that it is. */
  readonly places: readonly (readonly [vertex: Position, element: Position])[];
  /** Orders of elements, the cheapest first. */
  readonly starts: readonly (readonly Position[])[];
}
