/** Plans: which Program computes a derivative and how its outputs are laid out. */
import { accumulate, jacobianProgram } from '../accumulate/accumulate.ts';
import { lineariseWithCodes } from '../cost/paper/encode.ts';
import { ProgramBuilder } from '../program/builder.ts';
import { simplify } from '../program/simplify.ts';
import type { Operand, Program, Shape } from '../program/types.ts';
import { UserError } from '../support/user-error.ts';
import type { DerivativePlan, Planner, TracedFunction } from './derivative.ts';
import { chosenOrder } from './order-choice.ts';
import { build, type ResultStructure } from './result-structure.ts';
import type { HessianOptions, JacobianOptions } from './types.ts';

/** Which inputs to differentiate by, and how a row of derivatives looks. */
interface Columns {
  readonly inputs: readonly number[];
  readonly row: ResultStructure;
}

function columnsOf(
  { program, inputs }: TracedFunction,
  argnums: JacobianOptions['argnums'],
): Columns {
  const count = program.inputs.length;
  if (argnums === undefined) {
    return { inputs: Array.from({ length: count }, (_, index) => index), row: inputs };
  }
  const chosen = typeof argnums === 'number' ? [argnums] : argnums;
  const wrong = chosen.find((index) => !Number.isInteger(index) || index < 0 || index >= count);
  if (wrong !== undefined) {
    throw new UserError({
      code: 'argnums-range',
      message: `argnums names argument ${wrong}, but ${program.name} has ${count}: give 0 … ${count - 1}`,
    });
  }
  const row: ResultStructure =
    typeof argnums === 'number' ? { kind: 'single' } : { kind: 'array', length: chosen.length };
  return { inputs: chosen, row };
}

/** ∂result/∂inputs. Output of the Program: result · columns + column. */
export function jacobianPlanner({ order, argnums }: JacobianOptions): Planner {
  return (traced) => jacobianPlan(traced, columnsOf(traced, argnums), order);
}

function jacobianPlan(
  traced: TracedFunction,
  { inputs, row }: Columns,
  order: JacobianOptions['order'],
): DerivativePlan {
  const linearisation = lineariseWithCodes(traced.program);
  const accumulation = accumulate(linearisation, chosenOrder(linearisation.graph, order));
  return {
    program: jacobianProgram(accumulation, { values: false, inputs }),
    multiplications: accumulation.multiplications,
    build: (leaf) =>
      build(traced.result, (result) =>
        build(row, (column) => leaf(result * inputs.length + column)),
      ),
  };
}

/** The result and ∂result/∂inputs. Outputs of the Program: the results, then the entries. */
export function valueAndJacobianPlanner({ order, argnums }: JacobianOptions): Planner {
  return (traced) => {
    const { inputs, row } = columnsOf(traced, argnums);
    const linearisation = lineariseWithCodes(traced.program);
    const accumulation = accumulate(linearisation, chosenOrder(linearisation.graph, order));
    const results = traced.program.outputs.length;
    return {
      program: jacobianProgram(accumulation, { values: true, inputs }),
      multiplications: accumulation.multiplications,
      build: (leaf) => ({
        value: build(traced.result, leaf),
        jacobian: build(traced.result, (result) =>
          build(row, (column) => leaf(results + result * inputs.length + column)),
        ),
      }),
    };
  };
}

/**
 * ∂²result/∂inputs∂inputs, by linearising the Jacobian's Program. Only one triangle is computed;
 * the other reads the same values, so that the matrix of arguments is symmetric bit for bit.
 */
export function hessianPlanner({ order, argnums }: HessianOptions): Planner {
  return (traced) => {
    const columns = columnsOf(traced, argnums);
    const { inputs, row } = columns;
    const first = jacobianPlan(traced, columns, order);
    const linearisation = lineariseWithCodes(simplify(first.program));
    const accumulation = accumulate(linearisation, chosenOrder(linearisation.graph, order));
    const full = jacobianProgram(accumulation, { values: false, inputs });
    return {
      program: mirrorTriangle(
        full,
        inputs.map((index) => traced.program.inputs[index]?.type.shape ?? []),
      ),
      multiplications: first.multiplications + accumulation.multiplications,
      build: (leaf) =>
        build(traced.result, (result) =>
          build(row, (i) =>
            build(row, (j) => leaf((result * inputs.length + i) * inputs.length + j)),
          ),
        ),
    };
  };
}

/**
 * Outputs are square matrices of this size, row-major; entries below the diagonal become those above
 * it, with the axes of the two inputs exchanged.
 * @param shapes of the inputs, in the order of the rows
 */
function mirrorTriangle(program: Program, shapes: readonly Shape[]): Program {
  const builder = ProgramBuilder.extend(program);
  const size = shapes.length;
  program.outputs.forEach(({ name }, index) => {
    const j = index % size;
    const i = Math.floor(index / size) % size;
    const mirrored = j < i ? index - i * size - j + j * size + i : index;
    const source = program.outputs[mirrored];
    if (source === undefined) throw new Error('the second derivative is not square');
    const ranks = [shapes[j]?.length ?? 0, shapes[i]?.length ?? 0] as const;
    const exchanged = j < i ? exchange(builder, source.operand, ...ranks) : source.operand;
    builder.output(name, exchanged);
  });
  return builder.build();
}

/** Axes [...rest, ...first, ...second] as [...rest, ...second, ...first]. */
function exchange(builder: ProgramBuilder, operand: Operand, first: number, second: number) {
  if (first + second === 0) return operand;
  const { shape } = builder.typeOf(operand);
  const axes = shape.map((_, axis) => axis);
  const [rest, middle] = [shape.length - first - second, shape.length - second];
  const permutation = [...axes.slice(0, rest), ...axes.slice(middle), ...axes.slice(rest, middle)];
  return builder.emit('transpose', [operand], { permutation });
}
