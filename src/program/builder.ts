/**
 * The one maker of Programs. It numbers values, checks that every operand stands before its use,
 * that arities and parameters are those of the primitive, and infers types; what is emitted stands
 * in the Program as it is, nothing is folded or shared.
 */
import {
  binaryNames,
  unaryNames,
  type FragmentBuilder,
  type FragmentOperand,
  type Primitive,
} from './primitive.ts';
import { primitiveNamed } from './primitives.ts';
import { broadcastShapes, elementCount, printShape } from './shapes.ts';
import type {
  Equation,
  Operand,
  Parameters,
  Program,
  ProgramInput,
  ProgramOutput,
  Reference,
  ValueType,
} from './types.ts';
import { asOperand, realType, reference, scalarType, valueId } from './values.ts';

/** Builds a Program: inputs first, then equations; outputs at any time. */
export class ProgramBuilder {
  /** Name of the Program. */
  readonly name: string;
  readonly #inputs: ProgramInput[] = [];
  readonly #equations: Equation[] = [];
  readonly #outputs: ProgramOutput[] = [];
  readonly #inputNames = new Set<string>();
  readonly #outputNames = new Set<string>();
  #fragment: FragmentBuilder | undefined;

  /** An empty Program of this name. */
  constructor(name: string) {
    this.name = name;
  }

  /** A builder with the inputs and equations of a Program, under the same ids, and no outputs. */
  static extend(program: Program): ProgramBuilder {
    const builder = new ProgramBuilder(program.name);
    for (const { name, type } of program.inputs) builder.input(name, type);
    // They were checked when the Program was built.
    for (const equation of program.equations) builder.#equations.push(equation);
    return builder;
  }

  /** How many equations were emitted. */
  get equationCount(): number {
    return this.#equations.length;
  }

  /** Emits equations with one method a primitive. */
  get fragment(): FragmentBuilder {
    this.#fragment ??= makeFragmentBuilder((primitive, operands, parameters) =>
      this.emit(primitive, operands, parameters),
    );
    return this.#fragment;
  }

  /**
   * Adds an input.
   * @throws Error for a name that is taken, or after the first equation
   */
  input(name: string, type: ValueType): Reference {
    if (this.#equations.length > 0) throw new Error('inputs stand before the equations');
    if (this.#inputNames.has(name)) throw new Error(`two inputs are called "${name}"`);
    this.#inputNames.add(name);
    this.#inputs.push({ name, type });
    return reference(valueId(this.#inputs.length - 1));
  }

  /**
   * Adds an equation and gives its value.
   * @throws UserError shape-mismatch where the operands' shapes do not go together
   * @throws Error for an unknown primitive, a wrong number of operands, wrong parameters, or an
   *   operand that does not exist
   */
  emit(
    primitive: string,
    operands: readonly FragmentOperand[],
    parameters: Parameters = {},
  ): Reference {
    const entry = primitiveNamed(primitive);
    const checked = operands.map(asOperand);
    const type = inferType(
      entry,
      checked.map((operand) => this.typeOf(operand)),
      parameters,
    );
    this.#equations.push({ primitive, operands: checked, parameters, type });
    return reference(valueId(this.#inputs.length + this.#equations.length - 1));
  }

  /**
   * Names an output.
   * @throws Error for a name that is taken or an operand that does not exist
   */
  output(name: string, operand: Operand): void {
    if (this.#outputNames.has(name)) throw new Error(`two outputs are called "${name}"`);
    this.typeOf(operand);
    this.#outputNames.add(name);
    this.#outputs.push({ name, operand });
  }

  /**
   * Type of a value or literal.
   * @throws Error where it does not exist (yet), or holds too few or too many numbers for its shape
   */
  typeOf(operand: Operand): ValueType {
    if (operand.kind === 'literal') {
      const { shape, data } = operand;
      if (elementCount(shape) !== data.length) {
        throw new Error(`a literal of shape ${printShape(shape)} holds ${data.length} numbers`);
      }
      return { shape, kind: 'real' };
    }
    const { id } = operand;
    const type =
      id < this.#inputs.length
        ? this.#inputs[id]?.type
        : this.#equations[id - this.#inputs.length]?.type;
    if (type === undefined) throw new Error(`value ${id} is used before it exists`);
    return type;
  }

  /** The Program so far. */
  build(): Program {
    return {
      name: this.name,
      inputs: [...this.#inputs],
      equations: [...this.#equations],
      outputs: [...this.#outputs],
    };
  }
}

function inferType(
  primitive: Primitive,
  operands: readonly ValueType[],
  parameters: Parameters,
): ValueType {
  const fault = equationFault(primitive, operands.length, parameters);
  if (fault !== undefined) throw new Error(`${primitive.name}: ${fault}`);
  const shapes = operands.map((type) => type.shape);
  switch (primitive.class) {
    case 'elementwise':
      return { shape: broadcastShapes(primitive.name, shapes), kind: primitive.kind };
    case 'structural':
      return realType(primitive.structure(shapes, parameters).shape);
    case 'variadic':
      if (shapes.some((shape) => shape.length > 0)) {
        throw new Error(`${primitive.name} takes scalars`);
      }
      return scalarType;
  }
}

/** What is wrong with an equation's number of operands or its parameters; `undefined` if nothing. */
export function equationFault(
  primitive: Primitive,
  operandCount: number,
  parameters: Parameters,
): string | undefined {
  const arity = primitive.class === 'variadic' ? 'any' : primitive.arity;
  if (arity === 'any' ? operandCount === 0 : operandCount !== arity) {
    return `takes ${arity === 'any' ? 'at least one' : arity} operands, got ${operandCount}`;
  }
  const given = Object.keys(parameters);
  const wanted: readonly string[] = primitive.parameters;
  const missing = wanted.find((name) => !given.includes(name));
  if (missing !== undefined) return `lacks the parameter ${missing}`;
  const unknown = given.find((name) => !wanted.includes(name));
  if (unknown !== undefined) return `has no parameter ${unknown}`;
  switch (primitive.class) {
    case 'elementwise':
      return primitive.parameterFault?.(parameters);
    case 'variadic':
      return primitive.countFault?.(operandCount);
    case 'structural':
      return undefined;
  }
}

type Emit = (
  primitive: string,
  operands: readonly FragmentOperand[],
  parameters?: Parameters,
) => Operand;

function makeFragmentBuilder(emit: Emit): FragmentBuilder {
  return {
    ...recordOf(unaryNames, (name) => (x: FragmentOperand) => emit(name, [x])),
    ...recordOf(
      binaryNames,
      (name) => (x: FragmentOperand, y: FragmentOperand) => emit(name, [x, y]),
    ),
    integerPow: (x, exponent) => emit('integerPow', [x], { exponent }),
    where: (condition, a, b) => emit('where', [condition, a, b]),
  };
}

function recordOf<K extends string, V>(keys: readonly K[], make: (key: K) => V): Record<K, V> {
  // fromEntries forgets which keys there are; they are the ones it was just given.
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, V>;
}
