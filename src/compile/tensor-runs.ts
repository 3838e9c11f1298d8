/**
 * The equations of a Program with axes in runs that share a loop: consecutive element-wise equations
 * of one shape, or one equation of another kind. A value that only its own run uses is never stored.
 */
import { primitiveNamed } from '../program/primitives.ts';
import { sameShape } from '../program/shapes.ts';
import type { Equation, Program } from '../program/types.ts';

/** One equation with its number as a value. */
export interface Numbered {
  readonly id: number;
  readonly equation: Equation;
}

/** Whether an equation is computed element by element. */
export const isElementwise = ({ equation }: Numbered): boolean =>
  primitiveNamed(equation.primitive).class !== 'structural';

/**
 * Runs of equations that share a loop. O(equations).
 * @param longest most equations of one run
 */
export function runsOf(program: Program, longest = Infinity): (readonly Numbered[])[] {
  const runs: Numbered[][] = [];
  program.equations.forEach((equation, index) => {
    const next = { id: program.inputs.length + index, equation };
    const run = runs.at(-1) ?? [];
    const [head] = run;
    const joins =
      head !== undefined &&
      run.length < longest &&
      isElementwise(head) &&
      isElementwise(next) &&
      sameShape(head.equation.type.shape, equation.type.shape);
    if (joins) run.push(next);
    else runs.push([next]);
  });
  return runs;
}

/** Values that are used outside the run that makes them, or made by another than element-wise. */
export function storedValues(
  { outputs }: Program,
  runs: readonly (readonly Numbered[])[],
): Set<number> {
  const runOf = new Map(runs.flatMap((run, at) => run.map(({ id }) => [id, at] as const)));
  const stored = new Set<number>();
  runs.forEach((run, at) => {
    for (const made of run) if (!isElementwise(made)) stored.add(made.id);
    for (const operand of run.flatMap(({ equation }) => equation.operands)) {
      if (operand.kind === 'value' && runOf.get(operand.id) !== at) stored.add(operand.id);
    }
  });
  for (const { operand } of outputs) if (operand.kind === 'value') stored.add(operand.id);
  return stored;
}
