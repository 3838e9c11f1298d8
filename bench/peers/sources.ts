/** What the peers are given: the function for JAX and CasADi, the accumulated Jacobian for gcc. */
import type { Program } from '../../src/program/types.ts';
import { c, casadiPython, jaxPython, type Language, programText } from './text.ts';

/** A Python function `f` of scalars that returns a tuple. */
function pythonFunction(program: Program, language: Language): string {
  const { inputs, statements, outputs } = programText(program, language);
  return [
    `def f(${inputs.join(', ')}):`,
    ...statements,
    `    return (${outputs.map((output) => `${output}, `).join('')})`,
    '',
  ].join('\n');
}

/** The function in jax.numpy, as `m`. */
export const jaxSource = (program: Program): string => pythonFunction(program, jaxPython);

/** The function in casadi, as `m`. */
export const casadiSource = (program: Program): string => pythonFunction(program, casadiPython);

/** Points in a tile, as in the WebAssembly target: what a compiler vectorises over. */
const tile = 16;

/**
 * C of the compact Jacobian: `run(tiles, x, y)` over tiles of 16 points, `[tile][value][16]`, the
 * layout of the WebAssembly target.
 */
export function cSource(program: Program): string {
  const { inputs, statements, outputs } = programText(program, c);
  return [
    '#include <math.h>',
    'void run(long tiles, const double *restrict x, double *restrict y) {',
    '  for (long t = 0; t < tiles; t += 1) {',
    `    const double *restrict in = x + t * ${inputs.length * tile};`,
    `    double *restrict out = y + t * ${outputs.length * tile};`,
    `    for (int lane = 0; lane < ${tile}; lane += 1) {`,
    ...inputs.map((name, index) => `      double ${name} = in[${index * tile} + lane];`),
    ...statements.map((statement) => `      ${statement}`),
    ...outputs.map((output, index) => `      out[${index * tile} + lane] = ${output};`),
    '    }',
    '  }',
    '}',
    '',
  ].join('\n');
}
