/** A compiled Jacobian with its points in buffers of the target's own layout: what is timed as `kernel`. */
import type { CompiledProgram } from '../compile/types.ts';

/** A thing that can be run, and freed. */
export interface DisposableRunner {
  /** A function of its own, so that what is timed has no call more than this one. */
  readonly run: () => void;
  dispose(): void;
}

/**
 * Loads points; one alone goes by the code of a single point.
 * @param columns one array an input, row-major
 * @param batch how many points they hold
 * @returns what runs them; disposing of it frees its buffers, not the Jacobian
 */
export function loadedKernel(
  compiled: CompiledProgram,
  columns: readonly ArrayLike<number>[],
  batch: number,
): DisposableRunner {
  if (batch === 1) {
    const kernel = compiled.preparePoint();
    kernel.inputs.set(columns.flatMap((column) => Array.from(column)));
    return {
      run: () => {
        kernel.run();
      },
      dispose: () => undefined,
    };
  }
  const kernel = compiled.prepare(batch);
  kernel.load(columns, batch);
  return {
    run: () => {
      kernel.run();
    },
    dispose: () => {
      kernel.dispose();
    },
  };
}
