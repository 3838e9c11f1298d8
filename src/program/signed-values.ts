/**
 * Values up to their sign, shared: the store that simplification builds its result in. An
 * expression is looked up before it is emitted (hash consing; Filliâtre and Conchon, Type-safe
 * modular hash-consing, ML Workshop 2006), and a sign is carried beside a value until something
 * needs it applied, so that a − b and b − a, or 2·x and −2·x, are one equation.
 */
import { ProgramBuilder } from './builder.ts';
import { doubles } from './arithmetic.ts';
import { interpretEquation } from './interpret.ts';
import { primitiveNamed } from './primitives.ts';
import { elementCount, sameShape } from './shapes.ts';
import type { Literal, Operand, Parameters, Program, ValueType } from './types.ts';
import { literalTensor, mapLiteral } from './values.ts';

/** 1 or −1. */
export type Sign = 1 | -1;

/** sign · operand; literals always have the sign 1. */
export interface Signed {
  readonly operand: Operand;
  readonly sign: Sign;
}

/** The product of two signs. */
export function times(a: Sign, b: Sign): Sign {
  return a === b ? 1 : -1;
}

/** An operand with a sign, which a literal takes up. */
export function signed(operand: Operand, sign: Sign = 1): Signed {
  return operand.kind === 'literal' && sign === -1
    ? { operand: negatedLiteral(operand), sign: 1 }
    : { operand, sign };
}

/** The value with its sign changed or not. */
export function withSign(value: Signed, sign: Sign): Signed {
  return signed(value.operand, times(value.sign, sign));
}

/** The literal with all signs changed. */
export function negatedLiteral(constant: Literal): Literal {
  return mapLiteral(constant, (x) => -x);
}

/** −1 for a literal whose first element is negative: one of c and −c has it. */
export function signOfLiteral({ data }: Literal): Sign {
  const first = data[0] ?? 1;
  return first < 0 || Object.is(first, -0) ? -1 : 1;
}

function numberKey(x: number): string {
  return Object.is(x, -0) ? '-0' : String(x);
}

/** Equal for operands that are the same. */
export function operandKey(operand: Operand): string {
  return operand.kind === 'value'
    ? `v${operand.id}`
    : `[${operand.shape.join(',')}](${operand.data.map(numberKey).join(' ')})`;
}

/** A Program under construction in which no expression stands twice. */
export class SignedValues {
  readonly #builder: ProgramBuilder;
  readonly #known = new Map<string, Signed>();

  /** Starts with the inputs of a Program. */
  constructor(program: Program) {
    this.#builder = new ProgramBuilder(program.name);
    for (const { name, type } of program.inputs) this.#builder.input(name, type);
  }

  /** Whether the operand has this type, so that it may stand for a value of it. */
  hasType(operand: Operand, { shape, kind }: ValueType): boolean {
    const type = this.#builder.typeOf(operand);
    return type.kind === kind && sameShape(type.shape, shape);
  }

  /** Type of an operand. */
  typeOf(operand: Operand): ValueType {
    return this.#builder.typeOf(operand);
  }

  /** A literal of the type's shape. */
  constant({ shape }: ValueType, x: number): Signed {
    return signed(literalTensor(shape, new Array<number>(elementCount(shape)).fill(x)));
  }

  /** What is known under a key, made on first use. */
  share(key: string, make: () => Signed): Signed {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#known.set(key, made);
    return made;
  }

  /** Applies a primitive: a literal where all operands are, else a shared equation. */
  apply(primitive: string, operands: readonly Operand[], parameters: Parameters = {}): Signed {
    const keys = operands.map(operandKey);
    const entry = primitiveNamed(primitive);
    if (entry.class === 'elementwise' && entry.commutative) keys.sort();
    const key = `${primitive}${JSON.stringify(parameters)} ${keys.join(' ')}`;
    return this.share(key, () => signed(this.emit(primitive, operands, parameters)));
  }

  /** Applies a primitive without looking for the same equation; literals are folded. */
  emit(primitive: string, operands: readonly Operand[], parameters: Parameters = {}): Operand {
    const result = this.#builder.emit(primitive, operands, parameters);
    const literals = operands.filter((operand) => operand.kind === 'literal');
    if (literals.length < operands.length) return result;
    // The equation stays behind as a dead one.
    const equation = { primitive, operands, parameters, type: this.#builder.typeOf(result) };
    const { shape, data } = interpretEquation(equation, literals, doubles);
    return literalTensor(shape, data);
  }

  /** The operand that a signed value is, with its sign applied. */
  resolve({ operand, sign }: Signed): Operand {
    return sign === 1 ? operand : this.apply('neg', [operand]).operand;
  }

  /** Names an output. */
  output(name: string, value: Signed): void {
    this.#builder.output(name, this.resolve(value));
  }

  /** The Program so far, with equations that nothing uses. */
  build(): Program {
    return this.#builder.build();
  }
}
