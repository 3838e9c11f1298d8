/**
 * Which of the interned values a function and its Jacobian need, what computing them costs, and with
 * which signs. Two passes over the nodes, O(nodes).
 *
 * Fixed weights, so that counts can be published: a multiplication or addition 1, a reciprocal,
 * quotient or square root 6, any other function 0, a negation that nothing takes up 1.
 *
 * Signs. A node is computed with one sign, τ · its value. A product has the product of its operands'
 * signs and a reciprocal the sign of its operand; a difference can be taken either way round, and a
 * known number can be written with either sign. Those that can choose take the sign that is asked of
 * them: outputs and functions ask for the sign that they need, the first one to ask is heard, and
 * reciprocals and odd functions ask on. A value that is needed with the other sign too is negated
 * once.
 *
 * A reciprocal that one product alone uses is not made: the product becomes a quotient.
 */
import { type Sign, times } from '../program/signed-values.ts';
import {
  type Definition,
  evenFunctions,
  type InternedValues,
  oddFunctions,
  type SignedNode,
} from './interned-values.ts';

/** Weights of operations; everything else is free. */
export const weights = {
  product: 1,
  sum: 1,
  reciprocal: 6,
  quotient: 6,
  squareRoot: 6,
  negation: 1,
} as const;

/** How needed values are computed. */
export interface OperationPlan {
  /** Weighted operations. */
  readonly weight: number;
  /** By node: whether it is needed. */
  readonly needed: readonly boolean[];
  /** By node: the sign it is computed with; 1 for what is not needed. */
  readonly signs: readonly Sign[];
  /** Needed with the other sign too, or only. */
  readonly negated: ReadonlySet<number>;
  /** Products that are quotients, with the reciprocal that is therefore not made. */
  readonly quotients: ReadonlyMap<number, number>;
}

/** Plans the computation of some values. */
export function planOperations(
  values: InternedValues,
  wanted: readonly SignedNode[],
): OperationPlan {
  const uses = new Array<number>(values.size).fill(0);
  const asked = new Array<Sign | undefined>(values.size).fill(undefined);
  const productUser = new Array<number | undefined>(values.size).fill(undefined);
  const quotients = new Map<number, number>();
  let weight = 0;

  const use = (node: number, sign?: Sign, product?: number): void => {
    uses[node] = (uses[node] ?? 0) + 1;
    asked[node] ??= sign;
    productUser[node] = product;
  };
  for (const { node, sign } of wanted) use(node, sign);
  for (let node = values.size - 1; node >= 0; node -= 1) {
    if (uses[node] === 0) continue;
    const definition = values.definition(node);
    const ask = asked[node];
    switch (definition.kind) {
      case 'product':
        weight += weights.product;
        use(definition.left, undefined, node);
        use(definition.right, undefined, node);
        break;
      case 'sum':
        weight += weights.sum;
        use(definition.left.node);
        use(definition.right.node);
        break;
      case 'reciprocal': {
        const product = productUser[node];
        weight += weights.reciprocal;
        use(definition.of, ask && times(ask, definition.sign));
        if (uses[node] !== 1 || product === undefined || quotients.has(product)) break;
        quotients.set(product, node);
        weight += weights.quotient - weights.reciprocal - weights.product;
        break;
      }
      case 'function': {
        if (definition.primitive === 'sqrt') weight += weights.squareRoot;
        const odd = oddFunctions.has(definition.primitive);
        for (const operand of definition.operands)
          use(
            operand.node,
            odd ? ask : takesEitherSign(definition.primitive) ? undefined : operand.sign,
          );
        break;
      }
    }
  }

  const needed = uses.map((count) => count > 0);
  const { signs, negated } = chooseSigns(values, wanted, needed, asked);
  return { weight: weight + weights.negation * negated.size, needed, signs, negated, quotients };
}

function chooseSigns(
  values: InternedValues,
  wanted: readonly SignedNode[],
  needed: readonly boolean[],
  asked: readonly (Sign | undefined)[],
): { readonly signs: readonly Sign[]; readonly negated: ReadonlySet<number> } {
  const signs: Sign[] = [];
  const negated = new Set<number>();
  const signOf = (node: number): Sign => signs[node] ?? 1;
  const isConstant = (node: number): boolean => values.definition(node).kind === 'constant';
  const need = ({ node, sign }: SignedNode): void => {
    if (!isConstant(node) && signOf(node) !== sign) negated.add(node);
  };
  const chosen = (node: number, definition: Definition): Sign => {
    switch (definition.kind) {
      case 'input':
      case 'constant':
        return 1;
      case 'product': {
        const { left, right, sign } = definition;
        if (isConstant(left) || isConstant(right)) return asked[node] ?? 1;
        return times(sign, times(signOf(left), signOf(right)));
      }
      case 'sum': {
        const { left, right, sign } = definition;
        const [x, y] = [left, right].map((term) => times(term.sign, signOf(term.node)));
        const free = isConstant(left.node) || isConstant(right.node) || x !== y;
        return free ? (asked[node] ?? 1) : times(sign, x ?? 1);
      }
      case 'reciprocal':
        return times(definition.sign, signOf(definition.of));
      case 'function': {
        const { operands, primitive } = definition;
        const [operand] = operands;
        if (oddFunctions.has(primitive)) return signOf(operand?.node ?? 0);
        return 1;
      }
    }
  };
  for (let node = 0; node < values.size; node += 1) {
    const definition = values.definition(node);
    signs.push(needed[node] === true ? chosen(node, definition) : 1);
  }
  for (let node = 0; node < values.size; node += 1) {
    const definition = values.definition(node);
    if (needed[node] === true && definition.kind === 'function') {
      if (!takesEitherSign(definition.primitive)) definition.operands.forEach(need);
    }
  }
  wanted.forEach(need);
  return { signs, negated };
}

/** Whether the sign of the operand is no matter, or becomes the result's. */
export function takesEitherSign(primitive: string): boolean {
  return oddFunctions.has(primitive) || evenFunctions.has(primitive);
}
