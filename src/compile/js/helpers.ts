/** Functions that generated code calls and that `Math` lacks. */
import { erf, erfc } from '../../program/special.ts';
import { specialSource } from './special-source.ts';

/** Every helper by the name it is called by; all have one operand. */
const helpers: ReadonlyMap<string, (x: number) => number> = new Map([
  ['erf', erf],
  ['erfc', erfc],
]);

/** Names of the helpers that some statements call. */
export function helpersUsed(statements: readonly string[]): string[] {
  return [...helpers.keys()].filter((name) =>
    statements.some((statement) => new RegExp(`\\b${name}\\(`).test(statement)),
  );
}

/** The function behind a name. */
export function helperNamed(name: string): (x: number) => number {
  const helper = helpers.get(name);
  if (helper === undefined) throw new Error(`generated code has no helper ${name}`);
  return helper;
}

/** Lines that define helpers in an exported module; none where none is used. */
export function helperText(names: readonly string[]): string[] {
  return names.length === 0 ? [] : [specialSource, ''];
}
