/** Constants that are equations: for programs whose equations have to be those of a given one. */
import { Recorded } from './recording.ts';
import type { Traced } from './traced.ts';
import type { Shape } from './types.ts';
import { literal } from './values.ts';

/**
 * A tensor that is `value` everywhere, as a broadcast of a literal in the trace of `beside`: a
 * vertex, unlike `full(shape, value)`, which is written into the equations that use it.
 * @throws Error where `beside` is a constant and belongs to no trace
 */
export function constantEquation(beside: Traced, value: number, shape: Shape): Traced {
  const { trace } = Recorded.place(beside);
  if (trace === undefined) throw new Error('a constant belongs to no trace');
  const broadcast = trace.builder.emit('broadcast', [literal(value)], { shape, axes: [] });
  return beside.another(trace, broadcast);
}
