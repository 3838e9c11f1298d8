/** An accumulated Jacobian made ready to run on any target, a GPU among them; every call is awaited. */
import { type AsyncCompileOptions, type AsyncProgram, compileAsync } from '../execute/compile.ts';
import {
  formJacobian,
  jacobianBatch,
  type JacobianBatch,
  type JacobianCompileOptions,
  type JacobianForm,
  programOptions,
} from './compile-jacobian.ts';
import type { JacobianLayout } from './jacobian-layout.ts';
import type { JacobianSource } from './types.ts';

/** How a Jacobian is compiled, and where a device comes from. */
export type AsyncJacobianOptions = AsyncCompileOptions &
  Pick<JacobianCompileOptions, 'outputs' | 'values'>;

/** A Jacobian made ready to run. */
export interface AsyncJacobian {
  readonly form: JacobianForm;
  readonly layout: JacobianLayout;
  /** What runs: its first `valueCount` outputs are values, the others are as `form` says. */
  readonly compiled: AsyncProgram;
  readonly valueCount: number;
  /** As `CompiledJacobian.batch`; rejects with what that throws, and DeviceErrors. */
  batch(inputs: readonly ArrayLike<number>[], count: number): Promise<JacobianBatch>;
  /** Frees its buffers on the device; it must not be used afterwards. */
  dispose(): void;
}

/**
 * Compiles an accumulated Jacobian.
 * @throws UserError `unknown-name` for an unknown target, what the target throws; DeviceError
 */
export async function compileJacobianAsync(
  source: JacobianSource,
  options: AsyncJacobianOptions,
): Promise<AsyncJacobian> {
  const formed = formJacobian(source, options);
  const compiled = await compileAsync(formed.program, {
    ...options,
    ...programOptions(formed, options),
  });
  return {
    form: formed.form,
    layout: formed.layout,
    valueCount: formed.valueCount,
    compiled,
    batch: async (inputs, count) =>
      jacobianBatch(formed, await compiled.batch(inputs, count), count),
    dispose: () => {
      compiled.dispose();
    },
  };
}
