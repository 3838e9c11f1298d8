/**
 * A small function that Graphax has among its examples from Griewank and Walther, Evaluating
 * Derivatives, 2nd ed. (SIAM 2008): three functions of four variables,
 *   cos b − e,  cos b / e,  e cos b,  where b = x + y z and e = exp(b + w).
 */
import { cos, exp } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { scalarTask } from '../scalar-task.ts';

type Inputs = Readonly<Record<'x' | 'y' | 'z' | 'w', Traced>>;

function hole({ x, y, z, w }: Inputs) {
  const b = y.mul(z).add(x);
  const d = cos(b);
  const e = exp(b.add(w));
  return { f: d.sub(e), g: d.div(e), h: d.mul(e) };
}

/** Three outputs by four inputs. */
export const holeTask = scalarTask({
  name: 'Hole',
  suite: 'extra',
  source:
    'Hole (an example of Graphax, after Griewank and Walther, Evaluating Derivatives, 2nd ed.)',
  trace: hole,
  sample: { x: 0.3, y: 0.7, z: -0.4, w: 0.2 },
});
