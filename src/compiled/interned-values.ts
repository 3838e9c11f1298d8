/**
 * Values interned by what they mean: the key of a node is its value in a finite field at one random
 * point (field.ts), up to its sign. Equal keys are taken for equal values, so that associativity,
 * distributivity, cancellation and shared signs need no rules. What the field cannot compute (sin,
 * sqrt, a comparison) is a random element that depends on the function and its operands' elements.
 * There is never a root: which of the two it were could not be said.
 *
 * A node is defined by the first expression that was met for its value; the definition says with
 * which sign it gives the node. One look-up an operation.
 */
import { Constants } from './constants.ts';
import { doubles } from '../program/arithmetic.ts';
import { type Sign, times } from '../program/signed-values.ts';
import type { Parameters } from '../program/types.ts';
import {
  addElements,
  hashedElement,
  invertElement,
  isCanonical,
  multiplyElements,
  negateElement,
  powerOfElement,
} from './field.ts';

/** sign · the node's value */
export interface SignedNode {
  readonly node: number;
  readonly sign: Sign;
}

/** How a node's value, sign · the expression, was first met; operands stand before it. */
export type Definition =
  | { readonly kind: 'input'; readonly input: number }
  /** Known before run time; `natural` is the sign that plans begin with (plan.ts). */
  | { readonly kind: 'constant'; readonly value: number; readonly natural: Sign }
  | {
      readonly kind: 'product';
      readonly left: number;
      readonly right: number;
      readonly sign: Sign;
    }
  | {
      readonly kind: 'sum';
      readonly left: SignedNode;
      readonly right: SignedNode;
      readonly sign: Sign;
    }
  | { readonly kind: 'reciprocal'; readonly of: number; readonly sign: Sign }
  | {
      readonly kind: 'function';
      readonly primitive: string;
      readonly parameters: Parameters;
      readonly operands: readonly SignedNode[];
    };

/** Nodes by their numbers, operands before what is made of them. */
export interface NodeDefinitions {
  readonly size: number;
  definition(node: number): Definition;
}

/** The number 0; its node stands first. */
export const zero: SignedNode = { node: 0, sign: 1 };
/** The number 1. */
export const one: SignedNode = { node: 1, sign: 1 };

/** f(−x) = −f(x) */
export const oddFunctions: ReadonlySet<string> = new Set([
  'sign',
  'cbrt',
  'sin',
  'tan',
  'asin',
  'atan',
  'sinh',
  'tanh',
  'asinh',
  'atanh',
  'erf',
]);
/** f(−x) = f(x) */
export const evenFunctions: ReadonlySet<string> = new Set(['abs', 'cos', 'cosh']);
/** Operands may change places. */
const symmetricFunctions: ReadonlySet<string> = new Set([
  'min',
  'max',
  'minOf',
  'maxOf',
  'eq',
  'ne',
]);

/** Of a sum's terms, as many are tried in pairs at a time: a bound for sums of thousands. */
export const pairedTerms = 32;

/** Changes the sign or not. */
export function signedBy({ node, sign }: SignedNode, by: Sign): SignedNode {
  return { node, sign: times(sign, by) };
}

/** A set of values under construction. */
export class InternedValues implements NodeDefinitions {
  readonly #definitions: Definition[] = [];
  readonly #keys: bigint[] = [];
  readonly #known = new Map<bigint, number>();
  /** Shared by forks: it is the same number whoever meets it. */
  #constants = new Constants();

  constructor() {
    this.constant(0);
    this.constant(1);
  }

  /** A copy that grows on its own. */
  fork(): InternedValues {
    const copy = new InternedValues();
    copy.#constants = this.#constants;
    for (let node = 2; node < this.#definitions.length; node += 1) {
      copy.#append(this.key(node), this.definition(node));
    }
    return copy;
  }

  /** How many nodes there are. */
  get size(): number {
    return this.#definitions.length;
  }

  /** How a node was first met. */
  definition(node: number): Definition {
    const found = this.#definitions[node];
    if (found === undefined) throw new Error(`there is no node ${node}`);
    return found;
  }

  /** The node's element; it is canonical. */
  key(node: number): bigint {
    const found = this.#keys[node];
    if (found === undefined) throw new Error(`there is no node ${node}`);
    return found;
  }

  /** The element of a signed node. */
  element({ node, sign }: SignedNode): bigint {
    return sign === 1 ? this.key(node) : negateElement(this.key(node));
  }

  /** An input of the function. */
  input(index: number): SignedNode {
    return this.#intern(hashedElement(`input ${index}`), () => ({ kind: 'input', input: index }));
  }

  /** A number that is known before run time. */
  constant(value: number): SignedNode {
    return this.#constant(this.#constants.element(value), value, value < 0 ? -1 : 1);
  }

  /** a·b, where ±1 and 0 are absorbed and constants are multiplied beforehand. */
  product(a: SignedNode, b: SignedNode): SignedNode {
    const sign = times(a.sign, b.sign);
    if (a.node === zero.node || b.node === zero.node) return zero;
    if (a.node === one.node) return { node: b.node, sign };
    if (b.node === one.node) return { node: a.node, sign };
    const element = multiplyElements(this.element(a), this.element(b));
    const [x, y] = [this.#number(a), this.#number(b)];
    if (x !== undefined && y !== undefined) {
      return this.#constant(element, x * y, times(this.#natural(a), this.#natural(b)));
    }
    // What the definition has is the product of the nodes without their signs.
    return this.#intern(element, (flipped) => ({
      kind: 'product',
      left: Math.min(a.node, b.node),
      right: Math.max(a.node, b.node),
      sign: times(flipped, sign),
    }));
  }

  /**
   * a·b where the function itself multiplies: where a = p·q and p·b is there already it is taken
   * times q, for then nothing may need a. In eliminations that made no difference worth its time.
   */
  regroupedProduct(a: SignedNode, b: SignedNode): SignedNode {
    const element = multiplyElements(this.element(a), this.element(b));
    if (this.#find(element) !== undefined) return this.product(a, b);
    for (const [whole, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const definition = this.definition(whole.node);
      if (definition.kind !== 'product') continue;
      const { left, right, sign } = definition;
      for (const [p, q] of [
        [left, right],
        [right, left],
      ] as const) {
        const part = this.#find(multiplyElements(this.key(p), this.element(other)));
        if (part === undefined) continue;
        return signedBy(this.product(part, { node: q, sign: 1 }), times(whole.sign, sign));
      }
    }
    return this.product(a, b);
  }

  /** a + b */
  sum(a: SignedNode, b: SignedNode): SignedNode {
    const element = addElements(this.element(a), this.element(b));
    const [x, y] = [this.#number(a), this.#number(b)];
    if (x !== undefined && y !== undefined) {
      return this.#constant(element, x + y, this.#natural(a));
    }
    return this.#intern(element, (sign) => ({ kind: 'sum', left: a, right: b, sign }));
  }

  /**
   * The sum of all terms: looked up whole, else pairs are added whose sum is there already, the
   * first of them first, else the first two.
   */
  total(terms: readonly SignedNode[]): SignedNode {
    const whole = this.#find(terms.reduce((sum, term) => addElements(sum, this.element(term)), 0n));
    if (whole !== undefined) return whole;
    const rest = [...terms];
    while (rest.length > 1) {
      const { first, second, sum } = this.#pair(rest);
      rest.splice(second, 1);
      if (sum.node === zero.node) rest.splice(first, 1);
      else rest[first] = sum;
    }
    return rest[0] ?? zero;
  }

  #pair(terms: readonly SignedNode[]): {
    readonly first: number;
    readonly second: number;
    readonly sum: SignedNode;
  } {
    const tried = terms.slice(0, pairedTerms);
    for (const [first, a] of tried.entries()) {
      for (const [offset, b] of tried.slice(first + 1).entries()) {
        const sum = this.#find(addElements(this.element(a), this.element(b)));
        if (sum !== undefined) return { first, second: first + 1 + offset, sum };
      }
    }
    const [a = zero, b = zero] = terms;
    return { first: 0, second: 1, sum: this.sum(a, b) };
  }

  /** 1/a; the product of two reciprocals where those are there already. */
  reciprocal(a: SignedNode): SignedNode {
    const x = this.#number(a);
    if (a.node === zero.node) return this.constant(Infinity);
    const element = invertElement(this.element(a));
    if (x !== undefined) return this.#constant(element, 1 / x, this.#natural(a));
    const known = this.#find(element);
    if (known !== undefined) return known;
    const definition = this.definition(a.node);
    if (definition.kind === 'product') {
      const left = this.#find(invertElement(this.key(definition.left)));
      const right = this.#find(invertElement(this.key(definition.right)));
      if (left !== undefined && right !== undefined) {
        return signedBy(this.product(left, right), times(a.sign, definition.sign));
      }
    }
    return this.#intern(element, (flipped) => ({
      kind: 'reciprocal',
      of: a.node,
      sign: times(flipped, a.sign),
    }));
  }

  /** a/b, looked up whole and, where b = p·q, as a/p times 1/q, before b's reciprocal is made. */
  quotient(a: SignedNode, b: SignedNode): SignedNode {
    if (b.node === zero.node) return this.product(a, this.reciprocal(b));
    const element = this.element(a);
    const known = this.#find(multiplyElements(element, invertElement(this.element(b))));
    if (known !== undefined) return known;
    const definition = this.definition(b.node);
    if (definition.kind === 'product') {
      const { left, right, sign } = definition;
      for (const [p, q] of [
        [left, right],
        [right, left],
      ] as const) {
        const part = this.#find(multiplyElements(element, invertElement(this.key(p))));
        const rest = this.#find(invertElement(this.key(q)));
        if (part !== undefined && rest !== undefined) {
          return signedBy(this.product(part, rest), times(sign, b.sign));
        }
      }
    }
    return this.regroupedProduct(a, this.reciprocal(b));
  }

  /** a to an integer power, by squaring. */
  power(a: SignedNode, exponent: number): SignedNode {
    if (exponent === 0) return one;
    if (exponent === 1) return a;
    if (exponent < 0 && a.node !== zero.node) {
      const inverse = this.#find(invertElement(this.element(a)));
      if (inverse !== undefined) return this.power(inverse, -exponent);
    }
    if (exponent < 0) return this.reciprocal(this.power(a, -exponent));
    const known = this.#find(powerOfElement(this.element(a), BigInt(exponent)));
    if (known !== undefined) return known;
    if (exponent % 2 === 1) return this.product(a, this.power(a, exponent - 1));
    const half = this.power(a, exponent / 2);
    return this.product(half, half);
  }

  /** A function that the field does not have; odd and even ones take the sign of their operand. */
  apply(
    primitive: string,
    operands: readonly SignedNode[],
    parameters: Parameters = {},
  ): SignedNode {
    const [first, second, third] = operands;
    if (first === undefined) throw new Error(`${primitive} lacks its operand`);
    if (oddFunctions.has(primitive) || evenFunctions.has(primitive)) {
      const result = this.#function(primitive, [{ node: first.node, sign: 1 }], parameters);
      return oddFunctions.has(primitive) ? signedBy(result, first.sign) : result;
    }
    if (primitive === 'where' && second?.sign === -1 && third !== undefined) {
      const branches = [signedBy(second, -1), signedBy(third, -1)];
      return signedBy(this.#function(primitive, [first, ...branches], parameters), -1);
    }
    return this.#function(primitive, operands, parameters);
  }

  #function(
    primitive: string,
    operands: readonly SignedNode[],
    parameters: Parameters,
  ): SignedNode {
    const elements = operands.map((operand) => this.element(operand));
    if (symmetricFunctions.has(primitive)) elements.sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
    const element = hashedElement(`${primitive} ${JSON.stringify(parameters)}`, elements);
    const numbers = operands.flatMap((operand) => this.#number(operand) ?? []);
    if (numbers.length === operands.length) {
      return this.constant(doubles.apply(primitive, numbers, parameters));
    }
    return this.#intern(element, () => ({ kind: 'function', primitive, parameters, operands }));
  }

  #number({ node, sign }: SignedNode): number | undefined {
    const definition = this.definition(node);
    return definition.kind === 'constant' ? sign * definition.value : undefined;
  }

  /** `natural` is the number's sign as far as the core knows it too: that of a sum's first term. */
  #constant(element: bigint, value: number, natural: Sign): SignedNode {
    return this.#intern(element, (sign) => ({
      kind: 'constant',
      value: sign * value,
      natural: times(sign, natural),
    }));
  }

  /** Of a signed constant. */
  #natural({ node, sign }: SignedNode): Sign {
    const definition = this.definition(node);
    return definition.kind === 'constant' ? times(sign, definition.natural) : sign;
  }

  #find(element: bigint): SignedNode | undefined {
    const sign = isCanonical(element) ? 1 : -1;
    const node = this.#known.get(sign === 1 ? element : negateElement(element));
    return node === undefined ? undefined : { node, sign };
  }

  /** `define` is told the sign that its expression has to be multiplied with to give the node. */
  #intern(element: bigint, define: (sign: Sign) => Definition): SignedNode {
    const found = this.#find(element);
    if (found !== undefined) return found;
    const sign = isCanonical(element) ? 1 : -1;
    return {
      node: this.#append(sign === 1 ? element : negateElement(element), define(sign)),
      sign,
    };
  }

  #append(key: bigint, definition: Definition): number {
    this.#definitions.push(definition);
    this.#keys.push(key);
    this.#known.set(key, this.#keys.length - 1);
    return this.#keys.length - 1;
  }
}
