/**
 * What simplification knows of each primitive: how signs pass through it and which literals it
 * swallows. A rule gives the simplified value, or `undefined` where nothing is special.
 */
import { primitiveNamed } from './primitives.ts';
import {
  negatedLiteral,
  operandKey,
  signed,
  signOfLiteral,
  times,
  withSign,
  type Sign,
  type Signed,
  type SignedValues,
} from './signed-values.ts';
import { uniformNumber } from './values.ts';
import {
  applySign,
  itself,
  one,
  two,
  type Rule,
  type SimplifyContext,
} from './simplify-context.ts';
import { dotOf, onTensors, sumOf } from './simplify-tensors.ts';
import type { Literal, Operand } from './types.ts';

/**
 * Shares sign · expression under the key of the expression. `make` emits what is wanted with the
 * sign in it; from then on the expression itself is known as sign · what was emitted.
 */
function shareSigned(values: SignedValues, key: string, sign: Sign, make: () => Operand): Signed {
  return withSign(
    values.share(key, () => signed(make(), sign)),
    sign,
  );
}

function absolute(constant: Literal): Literal {
  return signOfLiteral(constant) === 1 ? constant : negatedLiteral(constant);
}

function sum(context: SimplifyContext, a: Signed, b: Signed): Signed | undefined {
  const { values } = context;
  if (a.operand.kind === 'literal' && b.operand.kind === 'literal') {
    return values.apply('add', [a.operand, b.operand]);
  }
  if (uniformNumber(a.operand) === 0) return itself(context, b);
  if (b.operand.kind === 'literal') {
    if (uniformNumber(b.operand) === 0) return itself(context, a);
    return sumWithLiteral(values, a, b.operand);
  }
  if (a.operand.kind === 'literal') return sumWithLiteral(values, b, a.operand);

  if (a.sign === b.sign) return withSign(values.apply('add', [a.operand, b.operand]), a.sign);
  const [positive, negative] = a.sign === 1 ? [a.operand, b.operand] : [b.operand, a.operand];
  const straight = positive.id <= negative.id;
  const [low, high] = straight ? [positive, negative] : [negative, positive];
  return shareSigned(
    values,
    `difference ${operandKey(low)} ${operandKey(high)}`,
    straight ? 1 : -1,
    () => values.emit('sub', [positive, negative]),
  );
}

/** s·x + c = s·(x + s·c) */
function sumWithLiteral(values: SignedValues, x: Signed, constant: Literal): Signed {
  const shift = applySign(constant, x.sign);
  const key = `shift ${operandKey(x.operand)} ${operandKey(shift)}`;
  return shareSigned(values, key, x.sign, () => {
    if (x.sign === -1) return values.emit('sub', [constant, x.operand]);
    return signOfLiteral(constant) === 1
      ? values.emit('add', [x.operand, constant])
      : values.emit('sub', [x.operand, negatedLiteral(constant)]);
  });
}

function product(context: SimplifyContext): Signed | undefined {
  const { values } = context;
  const [a, b] = two(context);
  const sign = times(a.sign, b.sign);
  if (a.operand.kind === 'literal' && b.operand.kind === 'literal') {
    return values.apply('mul', [a.operand, b.operand]);
  }
  if (a.operand.kind === 'literal') return scaled(context, b, a.operand);
  if (b.operand.kind === 'literal') return scaled(context, a, b.operand);
  const same = a.operand.id === b.operand.id;
  return same
    ? withSign(
        squareOf(values, a.operand, () => values.emit('mul', [a.operand, b.operand])),
        sign,
      )
    : withSign(values.apply('mul', [a.operand, b.operand]), sign);
}

/** x·c */
function scaled(context: SimplifyContext, x: Signed, constant: Literal): Signed | undefined {
  const { values, type } = context;
  const number = uniformNumber(constant);
  if (number === 1) return itself(context, x);
  if (number === -1) return itself(context, x, -1);
  if (number === 0 && context.foldZeroProducts) return values.constant(type, 0);
  const key = `scaled ${operandKey(x.operand)} ${operandKey(absolute(constant))}`;
  const sign = times(x.sign, signOfLiteral(constant));
  return shareSigned(values, key, sign, () =>
    values.emit('mul', [applySign(constant, x.sign), x.operand]),
  );
}

/** x·x and x to the power 2 are the same to the bit; likewise 1/x and x to the power −1. */
function squareOf(values: SignedValues, x: Operand, make: () => Operand): Signed {
  return values.share(`square ${operandKey(x)}`, () => signed(make()));
}

function quotient(context: SimplifyContext): Signed | undefined {
  const { values } = context;
  const [a, b] = two(context);
  const sign = times(a.sign, b.sign);
  if (a.operand.kind === 'literal') {
    if (b.operand.kind === 'literal') return values.apply('div', [a.operand, b.operand]);
    const constant = a.operand;
    const inverse = constant.shape.length === 0 && Math.abs(constant.data[0] ?? 0) === 1;
    const key = inverse
      ? `reciprocal ${operandKey(b.operand)}`
      : `quotient ${operandKey(absolute(constant))} ${operandKey(b.operand)}`;
    return shareSigned(values, key, times(sign, signOfLiteral(constant)), () =>
      values.emit('div', [applySign(constant, sign), b.operand]),
    );
  }
  if (b.operand.kind === 'literal') {
    const constant = b.operand;
    const number = uniformNumber(constant);
    if (number === 1) return itself(context, a);
    if (number === -1) return itself(context, a, -1);
    const key = `quotient ${operandKey(a.operand)} ${operandKey(absolute(constant))}`;
    return shareSigned(values, key, times(sign, signOfLiteral(constant)), () =>
      values.emit('div', [a.operand, applySign(constant, sign)]),
    );
  }
  return withSign(values.apply('div', [a.operand, b.operand]), sign);
}

function integerPower(context: SimplifyContext, exponent: number): Signed | undefined {
  const { values, type } = context;
  const x = one(context);
  if (exponent === 0) return values.constant(type, 1);
  if (exponent === 1) return itself(context, x);
  if (x.operand.kind === 'literal') return undefined;
  const sign = exponent % 2 === 0 ? 1 : x.sign;
  const make = () => values.emit('integerPow', [x.operand], { exponent });
  if (exponent === 2) return squareOf(values, x.operand, make);
  if (exponent === -1) {
    const key = `reciprocal ${operandKey(x.operand)}`;
    return withSign(
      values.share(key, () => signed(make())),
      sign,
    );
  }
  return withSign(values.apply('integerPow', [x.operand], { exponent }), sign);
}

/** An integer exponent that is a literal is a parameter. */
function power(context: SimplifyContext): Signed | undefined {
  const [x, y] = two(context);
  const exponent =
    y.operand.kind === 'literal' && y.operand.shape.length === 0 ? y.operand.data[0] : undefined;
  if (exponent === undefined || !Number.isSafeInteger(exponent) || x.operand.kind === 'literal') {
    return undefined;
  }
  return integerPower(context, exponent);
}

function choice(context: SimplifyContext): Signed | undefined {
  const [condition, a, b] = context.operands;
  if (condition === undefined || a === undefined || b === undefined) {
    throw new Error('where lacks an operand');
  }
  const decided = uniformNumber(condition.operand);
  if (decided !== undefined) return itself(context, decided !== 0 ? a : b);
  if (a.sign === -1 && b.sign === -1) {
    const { values } = context;
    // The sign of the condition does not matter.
    return withSign(values.apply('where', [condition.operand, a.operand, b.operand]), -1);
  }
  return undefined;
}

/** f(−x) = −f(x) */
const odd =
  (primitive: string): Rule =>
  (context) => {
    const x = one(context);
    return withSign(context.values.apply(primitive, [x.operand]), x.sign);
  };

/** f(−x) = f(x) */
const even =
  (primitive: string): Rule =>
  (context) =>
    context.values.apply(primitive, [one(context).operand]);

const oddNames = [
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
  'stopGradient',
] as const;
const evenNames = ['abs', 'cos', 'cosh'] as const;

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['add', (context) => sum(context, ...two(context))],
  [
    'sub',
    (context) => {
      const [a, b] = two(context);
      return sum(context, a, withSign(b, -1));
    },
  ],
  ['mul', product],
  ['div', quotient],
  ['neg', (context) => itself(context, one(context), -1)],
  ['convert', (context) => itself(context, one(context))],
  ['integerPow', (context) => integerPower(context, Number(context.parameters.exponent))],
  ['pow', power],
  ['where', choice],
  ['sumOf', sumOf],
  ['dotOf', dotOf],
  ...oddNames.map((name): [string, Rule] => [name, odd(name)]),
  ...evenNames.map((name): [string, Rule] => [name, even(name)]),
]);

/** The simplified value of an equation. */
export function simplifyEquation(primitive: string, context: SimplifyContext): Signed {
  const entry = primitiveNamed(primitive);
  const special =
    entry.class === 'structural' ? onTensors(entry, context) : rules.get(primitive)?.(context);
  if (special !== undefined) return special;
  const { values, operands, parameters } = context;
  return values.apply(
    primitive,
    operands.map((operand) => values.resolve(operand)),
    parameters,
  );
}
