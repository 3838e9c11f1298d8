/** How large a batch a page may time: all Jacobians keep their buffers until the last round. */
import { elementCount } from '../../src/program/shapes.ts';
import type { Program } from '../../src/program/types.ts';
import { outputShapes } from '../../src/subject/layout.ts';
import { UserError } from '../../src/support/user-error.ts';

/**
 * Bytes in single precision of the inputs and Jacobians of a batch, of all orders. On a GPU with
 * WebAssembly beside it each is there some six times: buffers here and there, and results.
 */
const mostBytes = 2 ** 28;

/** Inputs, and a Jacobian as if no entry were known to be zero. */
function numbersAPoint(program: Program): number {
  const count = (shapes: readonly (readonly number[])[]): number =>
    shapes.reduce((sum, shape) => sum + elementCount(shape), 0);
  const inputs = count(program.inputs.map(({ type }) => type.shape));
  return inputs * (1 + count(outputShapes(program)));
}

/** @throws UserError `batch-memory` where a batch of so many Jacobians is too much for a page */
export function requireMemory(
  program: Program,
  { jacobians, batch }: { readonly jacobians: number; readonly batch: number },
): void {
  const bytes = 4 * numbersAPoint(program) * batch * jacobians;
  if (bytes <= mostBytes) return;
  throw new UserError({
    code: 'batch-memory',
    message:
      `${batch} points of ${jacobians} Jacobians of ${program.name} may have ` +
      `${Math.round(bytes / 2 ** 20)} MiB, the page takes ${mostBytes / 2 ** 20}; take fewer points`,
  });
}
