/**
 * Evaluates generated C statements as JavaScript: what the generator writes reads the same in both
 * languages, but for the type, the division of numbers into files, and the names of functions.
 */
import { erf, erfc } from '../../../src/program/special.ts';

/** A function of Math; those of one argument ignore the second. */
function mathNamed(name: string): (x: number, y: number) => number {
  return (Math as unknown as Record<string, (x: number, y: number) => number>)[name] ?? (() => NaN);
}

/** What <math.h> and the helpers of generated C are. */
const functions: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(
    [
      ...['sqrt', 'cbrt', 'exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'sin', 'cos', 'tan'],
      ...['asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'pow'],
      ...['atan2', 'sign'],
    ].map((name) => [name, (x: number, y: number) => mathNamed(name)(x, y)]),
  ),
  fabs: (x: number) => Math.abs(x),
  smaller: (x: number, y: number) => Math.min(x, y),
  larger: (x: number, y: number) => Math.max(x, y),
  erf,
  erfc,
  INFINITY: Infinity,
  NAN: NaN,
};

/** The functions `point` and `run` of a generated file. */
export interface EvaluatedC {
  readonly point: (input: ArrayLike<number>, output: number[] | Float64Array) => void;
  readonly run: (tiles: number, input: Float64Array, output: Float64Array) => void;
}

/** Reads the two functions of a file out of its text. */
export function evaluateC(source: string): EvaluatedC {
  const bodyOf = (head: string): string => {
    const start = source.indexOf(head);
    if (start < 0) throw new Error(`the file has no ${head}`);
    return source
      .slice(start + head.length, source.indexOf('\n}\n', start))
      .replaceAll('const double ', 'const ')
      .replaceAll(/\b(size_t|int) /g, 'let ');
  };
  const point = bodyOf('void point(const double *restrict in, double *restrict out) {');
  const run = bodyOf('void run(size_t tiles, const double *restrict in, double *restrict out) {')
    // Pointers that move on are views that begin later.
    .replace(/in \+= (\d+), out \+= (\d+)/, 'in_ = in_.subarray($1), out = out.subarray($2)');
  const names = Object.keys(functions);
  const make = (parameters: string, body: string): unknown =>
    // The text is what the generator wrote; `in` is a word of JavaScript.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
    new Function(
      ...names,
      `return function (${parameters}) {${body.replaceAll(/\bin\[/g, 'in_[')}};`,
    )(...Object.values(functions));
  return {
    point: make('in_, out', point) as EvaluatedC['point'],
    run: make('tiles, in_, out', run) as EvaluatedC['run'],
  };
}
