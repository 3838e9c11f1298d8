/**
 * Which of the interned values a function and its Jacobian need, what computing them costs, and with
 * which signs. Two passes over the nodes, O(nodes).
 *
 * Fixed weights, so that counts can be published: a multiplication or addition 1, a reciprocal,
 * quotient or square root 6, any other function 0, a negation that nothing takes up 1.
 *
 * Signs. A node is computed with one sign, τ · its value. A product has the product of its operands'
 * signs and a reciprocal the sign of its operand; a difference can be taken either way round, and a
 * known number can be written with either sign. Inputs and what is only made of them by products
 * have no choice. Outputs and functions vote for the sign that they need, and what has no choice of
 * its own passes its votes on to an operand that may have one (of two the less used so far). A value that is
 * needed with the other sign too is negated once. A
 * product or sum that has the wrong sign takes the negative of an operand where there is one, and if
 * an output wants it, has one made, because others may take it too.
 *
 * A reciprocal that one product alone uses is not made: the product becomes a quotient.
 */
import { type Sign, times } from '../program/signed-values.ts';
import {
  type Definition,
  evenFunctions,
  type NodeDefinitions,
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
  /** Products and sums that take the negative of one operand, with that operand. */
  readonly flipped: ReadonlyMap<number, number>;
  /** Products that are quotients, with the reciprocal that is therefore not made. */
  readonly quotients: ReadonlyMap<number, number>;
}

/** 0 where a node can be made with either sign, somewhere down its operands. */
export type FixedSign = Sign | 0;

/** Plans the computation of some values. */
export function planOperations(
  values: NodeDefinitions,
  wanted: readonly SignedNode[],
): OperationPlan {
  const size = values.size;
  const isConstant = (node: number): boolean => values.definition(node).kind === 'constant';
  const { fixed, natural } = signsBefore(values);
  const uses = new Int32Array(size);
  const votes = new Float64Array(size);
  const wantedPlus = new Uint8Array(size);
  const wantedMinus = new Uint8Array(size);
  const productUser = new Int32Array(size).fill(-1);
  const quotients = new Map<number, number>();
  let weight = 0;

  const use = (node: number, product = -1): void => {
    uses[node] = (uses[node] ?? 0) + 1;
    productUser[node] = product;
  };
  const want = ({ node, sign }: SignedNode): void => {
    (sign === 1 ? wantedPlus : wantedMinus)[node] = 1;
  };
  const vote = (node: number, number: number): void => {
    votes[node] = (votes[node] ?? 0) + number;
  };
  const isLessUsed = (node: number, other: number): boolean =>
    (uses[node] ?? 0) < (uses[other] ?? 0);
  const leaning = (node: number): Sign => {
    const own = votes[node] ?? 0;
    return own === 0 ? (natural[node] ?? 1) : own < 0 ? -1 : 1;
  };
  for (const value of wanted) {
    use(value.node);
    want(value);
  }
  for (let node = size - 1; node >= 0; node -= 1) {
    if (uses[node] === 0) continue;
    const definition = values.definition(node);
    vote(node, (wantedPlus[node] ?? 0) - (wantedMinus[node] ?? 0));
    const own = votes[node] ?? 0;
    switch (definition.kind) {
      case 'input':
      case 'constant':
        break;
      case 'product': {
        const { left, right, sign } = definition;
        weight += weights.product;
        use(left, node);
        use(right, node);
        if (isConstant(left) || isConstant(right) || left === right) break;
        const [x, y] = [fixed[left] ?? 0, fixed[right] ?? 0];
        if (x === 0 && (y !== 0 || isLessUsed(left, right))) {
          vote(left, own * sign * (y === 0 ? leaning(right) : y));
        } else if (y === 0) {
          vote(right, own * sign * (x === 0 ? leaning(left) : x));
        }
        break;
      }
      case 'sum': {
        const { left, right, sign } = definition;
        weight += weights.sum;
        use(left.node);
        use(right.node);
        if (isConstant(left.node) || isConstant(right.node)) break;
        // One term with the sign that is voted for is enough: the other is added or subtracted.
        const x = (fixed[left.node] ?? 0) * sign * left.sign;
        const y = (fixed[right.node] ?? 0) * sign * right.sign;
        if (x * own > 0 || y * own > 0) break;
        if (x === 0 && (y !== 0 || isLessUsed(left.node, right.node))) {
          vote(left.node, own * sign * left.sign);
        } else if (y === 0) {
          vote(right.node, own * sign * right.sign);
        }
        break;
      }
      case 'reciprocal': {
        const product = productUser[node] ?? -1;
        weight += weights.reciprocal;
        use(definition.of);
        vote(definition.of, own * definition.sign);
        if (uses[node] !== 1 || product < 0 || quotients.has(product)) break;
        quotients.set(product, node);
        weight += weights.quotient - weights.reciprocal - weights.product;
        break;
      }
      case 'function': {
        const { primitive, operands } = definition;
        if (primitive === 'sqrt') weight += weights.squareRoot;
        for (const operand of operands) {
          use(operand.node);
          if (oddFunctions.has(primitive)) vote(operand.node, own);
          else if (!evenFunctions.has(primitive)) want(operand);
        }
        break;
      }
    }
  }

  const signs = new Array<Sign>(size).fill(1);
  const flipped = new Map<number, number>();
  const isWanted = (node: number, sign: Sign): boolean =>
    (sign === 1 ? wantedPlus : wantedMinus)[node] === 1;
  const other = (sign: Sign): Sign => times(sign, -1);
  const isNegated = (node: number): boolean => isWanted(node, other(signs[node] ?? 1));
  /** The operand whose negative a node takes so as to have the other sign, if that is worth it. */
  const flip = (node: number, left: number, right: number): number | undefined => {
    const unmade = quotients.get(node);
    if (left !== unmade && isNegated(left)) return left;
    if (right !== unmade && isNegated(right)) return right;
    const preferred = leaning(node);
    if (!isWanted(node, preferred) || isWanted(node, other(preferred))) return undefined;
    const operand = right === unmade || (left !== unmade && isLessUsed(right, left)) ? left : right;
    want({ node: operand, sign: other(signs[operand] ?? 1) });
    return operand;
  };
  for (let node = 0; node < size; node += 1) {
    if (uses[node] === 0) continue;
    const sign = chooseSign(values, node, signs, leaning(node));
    signs[node] = sign;
    const operands = flippable(values, node);
    if (operands === undefined || sign === leaning(node) || votes[node] === 0) continue;
    const operand = flip(node, ...operands);
    if (operand === undefined) continue;
    flipped.set(node, operand);
    signs[node] = other(sign);
  }
  const negated = new Set<number>();
  for (let node = 0; node < size; node += 1) {
    if (uses[node] !== 0 && !isConstant(node) && isNegated(node)) negated.add(node);
  }
  return {
    weight: weight + weights.negation * negated.size,
    needed: [...uses].map((count) => count > 0),
    signs,
    negated,
    flipped,
    quotients,
  };
}

/** The operands of a product or sum without numbers that are known. */
function flippable(values: NodeDefinitions, node: number): readonly [number, number] | undefined {
  const definition = values.definition(node);
  if (definition.kind !== 'product' && definition.kind !== 'sum') return undefined;
  const [left, right] =
    definition.kind === 'product'
      ? [definition.left, definition.right]
      : [definition.left.node, definition.right.node];
  const known = [left, right].some((operand) => values.definition(operand).kind === 'constant');
  return known ? undefined : [left, right];
}

/** By node, what is known of its sign before anything votes. */
export interface SignsBefore {
  /** The sign it has whatever is chosen; 0 where that depends on choices. */
  readonly fixed: readonly FixedSign[];
  /** The sign it has where numbers are written as they are and differences as they were met. */
  readonly natural: readonly Sign[];
}

/** Signs that follow from definitions. */
export function signsBefore(values: NodeDefinitions): SignsBefore {
  const fixed: FixedSign[] = [];
  const natural: Sign[] = [];
  for (let node = 0; node < values.size; node += 1) {
    const definition = values.definition(node);
    fixed.push(fixedSign(definition, fixed));
    natural.push(naturalSign(definition, natural));
  }
  return { fixed, natural };
}

function naturalSign(definition: Definition, natural: readonly Sign[]): Sign {
  const of = (node: number): Sign => natural[node] ?? 1;
  switch (definition.kind) {
    case 'input':
      return 1;
    case 'constant':
      return definition.natural;
    case 'product':
      return times(definition.sign, times(of(definition.left), of(definition.right)));
    case 'sum':
      return times(definition.sign, times(definition.left.sign, of(definition.left.node)));
    case 'reciprocal':
      return times(definition.sign, of(definition.of));
    case 'function':
      return oddFunctions.has(definition.primitive) ? of(definition.operands[0]?.node ?? 0) : 1;
  }
}

function product(...signs: readonly FixedSign[]): FixedSign {
  return signs.reduce<FixedSign>((a, b) => (a === 0 || b === 0 ? 0 : times(a, b)), 1);
}

function fixedSign(definition: Definition, fixed: readonly FixedSign[]): FixedSign {
  const of = (node: number): FixedSign => fixed[node] ?? 0;
  switch (definition.kind) {
    case 'input':
      return 1;
    case 'constant':
      return 0;
    case 'product':
      return product(definition.sign, of(definition.left), of(definition.right));
    case 'sum': {
      const { left, right, sign } = definition;
      const [x, y] = [left, right].map((term) => product(sign, term.sign, of(term.node)));
      return x !== undefined && x === y ? x : 0;
    }
    case 'reciprocal':
      return product(definition.sign, of(definition.of));
    case 'function':
      return oddFunctions.has(definition.primitive) ? of(definition.operands[0]?.node ?? 0) : 1;
  }
}

/** The sign that a node is made with, once its operands' are known. */
function chooseSign(
  values: NodeDefinitions,
  node: number,
  signs: readonly Sign[],
  preferred: Sign,
): Sign {
  const of = (operand: number): Sign => signs[operand] ?? 1;
  const isConstant = (operand: number): boolean => values.definition(operand).kind === 'constant';
  const definition = values.definition(node);
  switch (definition.kind) {
    case 'input':
    case 'constant':
      return 1;
    case 'product': {
      const { left, right, sign } = definition;
      if (isConstant(left) || isConstant(right)) return preferred;
      return times(sign, times(of(left), of(right)));
    }
    case 'sum': {
      const { left, right, sign } = definition;
      if (isConstant(left.node) || isConstant(right.node)) return preferred;
      const x = times(left.sign, of(left.node));
      const y = times(right.sign, of(right.node));
      return x === y ? times(sign, x) : preferred;
    }
    case 'reciprocal':
      return times(definition.sign, of(definition.of));
    case 'function':
      return oddFunctions.has(definition.primitive) ? of(definition.operands[0]?.node ?? 0) : 1;
  }
}

/** Whether the sign of the operand is no matter, or becomes the result's. */
export function takesEitherSign(primitive: string): boolean {
  return oddFunctions.has(primitive) || evenFunctions.has(primitive);
}
