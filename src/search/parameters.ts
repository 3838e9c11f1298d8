/** Values of a strategy's parameters, checked. */
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import type {
  NumberParameter,
  ParameterValue,
  SearchStrategy,
  StrategyParameter,
  WordParameter,
} from './strategy.ts';

/**
 * Parameters as a person writes them: `sweeps=800`, `prior=damage`.
 * @throws UserError for what is no assignment, an unknown name, a value out of range, an unknown word,
 *   a repetition
 */
export function parseParameters(
  strategy: Pick<SearchStrategy, 'name' | 'parameters'>,
  assignments: readonly string[],
): ReadonlyMap<string, ParameterValue> {
  const values = new Map<string, ParameterValue>();
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
    values.set(name, 'choices' in parameter ? word(parameter, text) : number(parameter, text));
  }
  return values;
}

function word({ name, choices }: WordParameter, text: string): string {
  if (choices.includes(text)) return text;
  throw badParameter(
    `parameter ${name} has to be one of ${choices.join(', ')}, not ${JSON.stringify(text)}.` +
      suggestion(text, choices),
  );
}

function number({ name, least, most, whole }: NumberParameter, text: string): number {
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

/** Values by name: one of the choices of a word, a number otherwise. */
type ParameterValues<Parameter extends StrategyParameter> = {
  readonly [One in Parameter as One['name']]: One extends WordParameter
    ? One['choices'][number]
    : number;
};

/** Each parameter's value: the one that was given, or its standard. */
export function completeParameters<const Parameter extends StrategyParameter>(
  parameters: readonly Parameter[],
  given: ReadonlyMap<string, ParameterValue>,
): ParameterValues<Parameter> {
  const entries = parameters.map(({ name, standard }) => [name, given.get(name) ?? standard]);
  return Object.fromEntries(entries) as ParameterValues<Parameter>;
}
