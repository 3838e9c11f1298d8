/** Values of a strategy's parameters, checked. */
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import type { SearchStrategy, StrategyParameter } from './strategy.ts';

/**
 * Parameters as a person writes them: `sweeps=800`.
 * @throws UserError for what is no assignment, an unknown name, a value out of range, a repetition
 */
export function parseParameters(
  strategy: SearchStrategy,
  assignments: readonly string[],
): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const assignment of assignments) {
    const [, name, text] = /^([^=]+)=(.+)$/.exec(assignment) ?? [];
    if (name === undefined || text === undefined) {
      throw badParameter(`${JSON.stringify(assignment)} is no parameter; write NAME=VALUE`);
    }
    const parameter = strategy.parameters.find((one) => one.name === name);
    if (parameter === undefined) {
      const names = strategy.parameters.map((one) => one.name);
      throw badParameter(
        `${strategy.name} has no parameter ${JSON.stringify(name)}; it has ${names.join(', ')}.` +
          suggestion(name, names),
      );
    }
    if (values.has(name)) throw badParameter(`parameter ${name} is given twice; give it once`);
    values.set(name, checked(parameter, text));
  }
  return values;
}

function checked({ name, least, most, whole }: StrategyParameter, text: string): number {
  const value = Number(text);
  const isNumber = text.trim() !== '' && Number.isFinite(value);
  if (isNumber && (!whole || Number.isInteger(value)) && value >= least && value <= most) {
    return value;
  }
  throw badParameter(
    `parameter ${name} has to be a ${whole ? 'whole ' : ''}number from ${least} to ${most}, ` +
      `not ${JSON.stringify(text)}`,
  );
}

function badParameter(message: string): UserError {
  return new UserError({ code: 'search-parameter', message });
}

/** Each parameter's value: the one that was given, or its standard. */
export function completeParameters<Name extends string>(
  parameters: readonly (StrategyParameter & { readonly name: Name })[],
  given: ReadonlyMap<string, number>,
): Readonly<Record<Name, number>> {
  const entries = parameters.map(({ name, standard }) => [name, given.get(name) ?? standard]);
  return Object.fromEntries(entries) as Record<Name, number>;
}
