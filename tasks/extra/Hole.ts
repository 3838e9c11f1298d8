/**
 * Three functions of four variables whose graph has a hole: a small example in the manner of Griewank
 * and Walther, Evaluating Derivatives, 2nd ed. (SIAM 2008), chapter 9, as Graphax states it among its
 * examples from that book. Two chains meet in three outputs, so no end is the better one to start at.
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
  source: 'Hole (after Griewank and Walther, Evaluating Derivatives, 2nd ed., chapter 9)',
  trace: hole,
  sample: { x: 0.3, y: 0.7, z: -0.4, w: 0.2 },
});
