/** How signs pass through primitives on whole tensors and through n-ary ones, and what vanishes. */
import type { StructuralPrimitive } from './primitive.ts';
import { signed, times, withSign, type Signed, type SignedValues } from './signed-values.ts';
import { uniformNumber } from './values.ts';
import { applySign, itself, one, two, type SimplifyContext } from './simplify-context.ts';
import { isIdentityBlock } from './structure.ts';
import type { Parameters } from './types.ts';

/**
 * What gives back its operand vanishes; a sign that all operands share passes through, in a product
 * of two tensors that of both.
 */
export function onTensors(
  primitive: StructuralPrimitive,
  context: SimplifyContext,
): Signed | undefined {
  const { values, operands, parameters } = context;
  const structure = primitive.structure(
    operands.map(({ operand }) => values.typeOf(operand).shape),
    parameters,
  );
  const unsigned = operands.map(({ operand }) => operand);
  switch (structure.kind) {
    case 'linear': {
      const [first] = operands;
      const [block] = structure.blocks;
      if (first === undefined || block === undefined) return undefined;
      if (operands.length === 1 && isIdentityBlock(block)) return itself(context, first);
      return commonSign(values, primitive.name, operands, parameters);
    }
    case 'bilinear': {
      const [a, b] = two(context);
      return withSign(values.apply(primitive.name, unsigned, parameters), times(a.sign, b.sign));
    }
    case 'extreme': {
      // The largest of −x is minus the smallest of x.
      const { sign } = one(context);
      const most = (structure.choose === 'max') === (sign === 1);
      return withSign(values.apply(most ? 'reduceMax' : 'reduceMin', unsigned, parameters), sign);
    }
  }
}

/** f(−x, −y, …) = −f(x, y, …); a literal takes any sign. */
function commonSign(
  values: SignedValues,
  primitive: string,
  operands: readonly Signed[],
  parameters: Parameters,
): Signed | undefined {
  const signs = operands.filter(({ operand }) => operand.kind === 'value').map(({ sign }) => sign);
  const [sign = 1] = signs;
  if (signs.some((each) => each !== sign)) return undefined;
  const unsigned = operands.map(({ operand }) =>
    operand.kind === 'literal' ? applySign(operand, sign) : operand,
  );
  return withSign(values.apply(primitive, unsigned, parameters), sign);
}

/** Terms that are the literal 0 vanish from a sum. */
export function sumOf({ values, operands, parameters }: SimplifyContext): Signed | undefined {
  const terms = operands.filter(({ operand }) => uniformNumber(operand) !== 0);
  const [first, second] = terms;
  if (first === undefined) return operands[0];
  if (second === undefined) return first;
  const left = commonSign(values, 'sumOf', terms, parameters);
  return (
    left ??
    values.apply(
      'sumOf',
      terms.map((term) => values.resolve(term)),
      parameters,
    )
  );
}

/** The sign of a product stays with its first factor unless all products share it. */
export function dotOf({ values, operands, parameters }: SimplifyContext): Signed {
  const half = operands.length / 2;
  const [left, right] = [operands.slice(0, half), operands.slice(half)];
  const signs = left.map(({ sign }, k) => times(sign, right[k]?.sign ?? 1));
  const [sign = 1] = signs;
  const shared = signs.every((each) => each === sign);
  const first = left.map(({ operand }, k) =>
    values.resolve(signed(operand, shared ? 1 : (signs[k] ?? 1))),
  );
  const all = [...first, ...right.map(({ operand }) => operand)];
  return withSign(values.apply('dotOf', all, parameters), shared ? sign : 1);
}
