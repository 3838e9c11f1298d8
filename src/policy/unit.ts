/** What one unit of expected costs is. */
import { createWasmEngine } from '../core/wasm.ts';
import type { CostedGraph } from '../cost/types.ts';
import { initialWeights } from './networks/message-passing.ts';

/**
 * About the price of one product of the whole graph, in the cost model; the core tells it with every evaluation.
 * @throws UserError for graphs of more than 16,384 vertices
 */
export function unitOf(costed: CostedGraph): number {
  const play = createWasmEngine().play(costed, 'degrees');
  play.loadNetwork(initialWeights(0));
  const { unit } = play.evaluate();
  play.dispose();
  return unit;
}
