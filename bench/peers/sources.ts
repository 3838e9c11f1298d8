/** What the peers are given: the function for JAX and CasADi, the accumulated Jacobian for gcc. */
import type { Program } from '../../src/program/types.ts';
import { generateC } from '../../src/compile/c/generate.ts';
import { casadiPython, jaxPython, type Language, programText } from './text.ts';

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

/**
 * C of the compact Jacobian, in the tiles of the WebAssembly target: what `export --to c` writes.
 */
export const cSource = (program: Program): string => generateC(program);
