/** Evaluating a function and its Jacobian at one point, in compiled code. */
import { accumulate, jacobianProgram } from '../accumulate/accumulate.ts';
import type { Numbers } from '../compile/types.ts';
import { type AsyncCompileOptions, compileAsync } from '../execute/compile.ts';
import type { ComputeDevice } from '../execute/device.ts';
import { openInNode } from '../execute/dawn.ts';
import type { VertexId } from '../graph/types.ts';
import { parseOrder } from '../order/orders.ts';
import type { Program, Tensor } from '../program/types.ts';
import { parseJson } from '../support/json.ts';
import { pointInLayout, resultsFromLayout } from '../subject/layout.ts';
import { pointFromNested } from '../subject/module-shape.ts';
import { readText } from '../subject/read-file.ts';
import { nestedFromTensor, type NestedArray } from '../subject/tensors.ts';
import type { FunctionSubject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';
import { namingFile } from './naming-file.ts';

/** A function's values and Jacobian at one point. */
export interface Evaluation {
  /** Output name → value. */
  readonly values: ReadonlyMap<string, NestedArray>;
  /** Output name → input name → ∂output/∂input, of the output's shape, then the input's. */
  readonly jacobian: ReadonlyMap<string, ReadonlyMap<string, NestedArray>>;
  /** Multiplications executed in the accumulation, beside those of the partials themselves. */
  readonly multiplications: number;
}

/**
 * The point to evaluate at: a file's, or the subject's sample.
 * @param file a JSON object: input name → number or nested arrays
 * @throws UserError where there is neither, or the file's point does not fit the inputs.
 */
export async function pointOf(
  subject: FunctionSubject,
  file: string | undefined,
): Promise<readonly Tensor[]> {
  if (file === undefined) {
    if (subject.sample !== undefined) return subject.sample;
    throw new UserError({
      code: 'subject-no-sample',
      message: `${subject.name} has no sample; give a point with --at FILE.json, or the module a \`sample\``,
    });
  }
  const value = parseJson(await readText(file), file);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError({
      code: 'value-shape',
      message: 'a point has to be a JSON object: input name → number or nested arrays',
      file,
    });
  }
  const inputs = subject.program().inputs.map(({ name, type }) => [name, type.shape] as const);
  try {
    return pointFromNested(value, inputs, '');
  } catch (error) {
    throw error instanceof UserError ? error.inFile(file) : error;
  }
}

/**
 * Evaluates.
 * @param order vertex ids of the graph of the function, at the subject's granularity
 * @param point one tensor an input
 * @param target name of a compilation target
 * @param builtIns whether a target on a device takes its own elementary functions
 * @throws UserError for an unknown target, an illegal order, or a function that can't be
 * accumulated; DeviceError for targets on a device.
 */
export async function evaluate(
  subject: FunctionSubject,
  order: readonly VertexId[],
  point: readonly Tensor[],
  target: string,
  builtIns = false,
): Promise<Evaluation> {
  const linearisation = subject.linearisation();
  const legal = parseOrder(linearisation.graph, order);
  const [accumulation, program] = namingFile(subject, () => {
    const accumulated = accumulate(linearisation, legal);
    return [accumulated, jacobianProgram(accumulated, { values: true })];
  });
  const results = await onTarget({ target, builtIns }, program, pointInLayout(subject, point));
  const { values, jacobian } = resultsFromLayout(subject, results);
  const { inputs, outputs } = subject.program();
  const nested = (
    names: readonly { readonly name: string }[],
    tensors: readonly Tensor[] | undefined,
  ): Map<string, NestedArray> =>
    new Map((tensors ?? []).map((tensor, k) => [names[k]?.name ?? '', nestedFromTensor(tensor)]));
  return {
    values: nested(outputs, values),
    jacobian: new Map(outputs.map(({ name }, output) => [name, nested(inputs, jacobian[output])])),
    multiplications: accumulation.multiplications,
  };
}

/** Runs a Program at one point, on a device where the target needs one. */
async function onTarget(
  kind: Pick<AsyncCompileOptions, 'target' | 'builtIns'>,
  program: Program,
  point: readonly Tensor[],
): Promise<readonly Numbers[]> {
  const opened: ComputeDevice[] = [];
  try {
    const compiled = await compileAsync(program, {
      ...kind,
      points: 1,
      device: async () => {
        const device = await openInNode();
        opened.push(device);
        return device;
      },
    });
    const results = await compiled.batch(
      point.map(({ data }) => data),
      1,
    );
    compiled.dispose();
    return results;
  } finally {
    for (const device of opened) device.close();
  }
}
