/** Elimination orders; orders.ts parses them, nothing else makes them. */
import type { Position } from '../graph/types.ts';

declare const orderBrand: unique symbol;

/**
 * A complete, legal elimination order of one graph, as 0-based positions: every vertex that has to
 * be eliminated (intermediates, and outputs that others use) exactly once, no other.
 */
export type EliminationOrder = readonly Position[] & { readonly [orderBrand]: 'EliminationOrder' };
