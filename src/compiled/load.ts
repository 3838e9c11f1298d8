/** Interned functions handed to the core, which counts orders as eliminate.ts and plan.ts do. */
import {
  type InternedFunction,
  InternedHandle,
  nodeFlags,
  nodeKinds,
  type NodeRecord,
} from '../core/interned.ts';
import type { InternedLinearisation } from './intern-linearisation.ts';
import { evenFunctions, oddFunctions, type SignedNode } from './interned-values.ts';
import { signsBefore } from './plan.ts';

/** 2 · node, 1 more for −. */
function packed({ node, sign }: SignedNode): number {
  return 2 * node + (sign === 1 ? 0 : 1);
}

/** What the core needs to know of an interned function. */
export function internedFunction(interned: InternedLinearisation): InternedFunction {
  const { values, edges, results, outputs, linearisation } = interned;
  const operands: number[] = [];
  const { fixed, natural } = signsBefore(values);
  const nodes = Array.from({ length: values.size }, (_, node): NodeRecord => {
    const definition = values.definition(node);
    const flags =
      nodeKinds[definition.kind] +
      (fixed[node] === 0 ? 0 : nodeFlags.fixed) +
      (natural[node] === 1 ? 0 : nodeFlags.naturalMinus);
    const key = values.key(node);
    switch (definition.kind) {
      case 'input':
      case 'constant':
        return { key, left: 0, right: 0, info: flags };
      case 'product': {
        const info = flags + (definition.sign === 1 ? 0 : nodeFlags.minus);
        return { key, left: 2 * definition.left, right: 2 * definition.right, info };
      }
      case 'sum': {
        const info = flags + (definition.sign === 1 ? 0 : nodeFlags.minus);
        return { key, left: packed(definition.left), right: packed(definition.right), info };
      }
      case 'reciprocal': {
        const info = flags + (definition.sign === 1 ? 0 : nodeFlags.minus);
        return { key, left: 2 * definition.of, right: 0, info };
      }
      case 'function': {
        const { primitive } = definition;
        const left = operands.length;
        operands.push(...definition.operands.map(packed));
        const info =
          flags +
          (oddFunctions.has(primitive) ? nodeFlags.odd : 0) +
          (evenFunctions.has(primitive) ? nodeFlags.even : 0) +
          (primitive === 'sqrt' ? nodeFlags.root : 0);
        return { key, left, right: definition.operands.length, info };
      }
    }
  });
  return {
    name: linearisation.graph.name,
    vertices: linearisation.graph.vertices.length,
    nodes,
    edges: edges.map(({ from, to, worth }) => ({ from, to, worth: packed(worth) })),
    operands,
    outputs,
    results: results.map(packed),
  };
}

/**
 * Loads an interned function into a core of its own.
 * @throws UserError core-memory
 */
export function loadInterned(interned: InternedLinearisation): InternedHandle {
  return new InternedHandle(internedFunction(interned));
}
