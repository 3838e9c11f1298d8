/** An accumulated Jacobian made ready to run, dense, compact or sparse, on any target. */
import { targetNamed } from '../compile/targets.ts';
import type { CompiledProgram, CompileOptions, Numbers } from '../compile/types.ts';
import { elementCount, hasTensors } from '../program/shapes.ts';
import type { Program } from '../program/types.ts';
import { compactJacobian, type JacobianEntry, type JacobianLayout } from './jacobian-layout.ts';
import { jacobianProgram } from './jacobian-program.ts';
import type { JacobianSource } from './types.ts';

/**
 * What is computed and given back:
 * - `dense`: one array a pair of output and input, row-major by output, `[count, …output, …input]`;
 *   the kernel writes every entry, constants and repetitions too;
 * - `compact`: one array a compact output of the layout, `[count, …]`: what depends on the input,
 *   each number once;
 * - `sparse`: one array `[count, entries of layout.sparse]`; the kernel is the compact one.
 */
export const jacobianForms = ['dense', 'compact', 'sparse'] as const;

/** See `jacobianForms`. */
export type JacobianForm = (typeof jacobianForms)[number];

/** How a Jacobian is compiled. */
export interface JacobianCompileOptions extends CompileOptions {
  readonly target: string;
  /** `dense` if left out. */
  readonly outputs?: JacobianForm;
  /** Whether the function's values are computed too; yes if left out. */
  readonly values?: boolean;
}

/** Results of a batch. */
export interface JacobianBatch {
  /** One array an output of the function, `[count, …shape]`; empty where values were not wanted. */
  readonly values: readonly Numbers[];
  /** As `outputs` says. */
  readonly jacobian: readonly Numbers[];
}

/** A Program whose outputs are values and a Jacobian in one form. */
export interface FormedJacobian {
  readonly form: JacobianForm;
  readonly layout: JacobianLayout;
  /** Its first `valueCount` outputs are values, the others are as `form` says. */
  readonly program: Program;
  readonly valueCount: number;
  /** Whether it is as simple already as simplification makes it. */
  readonly simplified: boolean;
}

/** A Jacobian made ready to run. */
export interface CompiledJacobian {
  readonly form: JacobianForm;
  readonly layout: JacobianLayout;
  /** What runs: its first `valueCount` outputs are values, the others are as `form` says. */
  readonly compiled: CompiledProgram;
  readonly valueCount: number;
  /** Runs a batch; inputs as in `CompiledProgram.batch`. */
  batch(inputs: readonly ArrayLike<number>[], count: number): JacobianBatch;
  /** Frees what the target holds; it must not be used afterwards. */
  dispose(): void;
}

/** Brings a Jacobian into a form; entries that are equal are found by simplification, if wanted. */
export function formJacobian(
  source: JacobianSource,
  options: Pick<JacobianCompileOptions, 'outputs' | 'values' | 'strict' | 'simplify'> = {},
): FormedJacobian {
  const { outputs: form = 'dense', values = true, strict = false } = options;
  const { simplify = !strict } = options;
  const { layout, valueCount, program: compact } = compactJacobian(source, { values, simplify });
  const program = form === 'dense' ? jacobianProgram(source, { values }) : compact;
  return { form, layout, program, valueCount, simplified: simplify && form !== 'dense' };
}

/** How a target compiles the Program of a Jacobian: what is simple already is not simplified again. */
export function programOptions(
  { program, simplified }: FormedJacobian,
  { strict = false, simplify = !strict }: Pick<CompileOptions, 'strict' | 'simplify'>,
): Required<Pick<CompileOptions, 'strict' | 'simplify'>> {
  // What unrolls tensors has something to simplify again.
  return { strict, simplify: simplify && !(simplified && !hasTensors(program)) };
}

/** What a batch of a Jacobian's Program computed, told apart. */
export function jacobianBatch(
  { form, layout, valueCount }: FormedJacobian,
  results: readonly Numbers[],
  count: number,
): JacobianBatch {
  const jacobian = results.slice(valueCount);
  return {
    values: results.slice(0, valueCount),
    jacobian: form === 'sparse' ? [sparseNumbers(layout, jacobian, count)] : jacobian,
  };
}

/**
 * Compiles an accumulated Jacobian.
 * @throws UserError `unknown-name` for an unknown target, `target-device` for one that has to be
 *   awaited (compileJacobianAsync), and what the target throws
 */
export function compileJacobian(
  source: JacobianSource,
  options: JacobianCompileOptions,
): CompiledJacobian {
  return compileFormed(formJacobian(source, options), options);
}

/**
 * Compiles a Jacobian in the form that it has.
 * @throws UserError as `compileJacobian`
 */
export function compileFormed(
  formed: FormedJacobian,
  options: CompileOptions & { readonly target: string },
): CompiledJacobian {
  const compiled = targetNamed(options.target).compile(formed.program, {
    ...options,
    ...programOptions(formed, options),
  });
  return {
    form: formed.form,
    layout: formed.layout,
    valueCount: formed.valueCount,
    compiled,
    batch: (inputs, count) => jacobianBatch(formed, compiled.batch(inputs, count), count),
    dispose: () => {
      compiled.dispose();
    },
  };
}

/** The array of compact results that a place of the layout lies in, and the element there. */
function placesOf({ compactLengths }: JacobianLayout): { output: number; element: number }[] {
  return compactLengths.flatMap((length, output) =>
    Array.from({ length }, (_, element) => ({ output, element })),
  );
}

/** Copies entries of a batch: `target[point · stride + k]` is `entries[k]`, for all k. */
function copyEntries(
  layout: JacobianLayout,
  entries: readonly JacobianEntry[],
  compact: readonly Numbers[],
  count: number,
): Numbers {
  const size = count * entries.length;
  const result =
    compact[0] instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
  const places = placesOf(layout);
  entries.forEach((entry, k) => {
    if (entry.kind === 'constant') {
      for (let point = 0; point < count; point += 1)
        result[point * entries.length + k] = entry.value;
      return;
    }
    const { output, element } = places[entry.place] ?? { output: -1, element: 0 };
    const source = compact[output];
    if (source === undefined) throw new Error(`compact results lack the place ${entry.place}`);
    const stride = layout.compactLengths[output] ?? 1;
    for (let point = 0; point < count; point += 1) {
      result[point * entries.length + k] = source[point * stride + element] ?? NaN;
    }
  });
  return result;
}

/**
 * Compact results as the values of the sparse pattern, `[count, entries]`.
 * @param compact one array a compact output
 */
export function sparseNumbers(
  layout: JacobianLayout,
  compact: readonly Numbers[],
  count: number,
): Numbers {
  return copyEntries(layout, layout.sparse.entries, compact, count);
}

/**
 * Compact results as the dense Jacobian: one array a pair of output and input, row-major by output,
 * `[count, …output shape, …input shape]`.
 * @param compact one array a compact output
 */
export function denseNumbers(
  layout: JacobianLayout,
  compact: readonly Numbers[],
  count: number,
): Numbers[] {
  const { entries, columns } = layout;
  let top = 0;
  return layout.outputShapes.flatMap((outputShape) => {
    const height = elementCount(outputShape);
    let left = 0;
    const row = layout.inputShapes.map((inputShape) => {
      const width = elementCount(inputShape);
      const block: JacobianEntry[] = [];
      for (let at = top; at < top + height; at += 1) {
        block.push(...entries.slice(at * columns + left, at * columns + left + width));
      }
      left += width;
      return copyEntries(layout, block, compact, count);
    });
    top += height;
    return row;
  });
}
