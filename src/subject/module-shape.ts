/**
 * The shape of a user's module: its default export, checked field by field
 * before anything of it is used.
 */
import { z } from 'zod';

import type { TraceResult } from '../program/trace.ts';
import type { Shape, Tensor } from '../program/types.ts';
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import { tensorFromNested } from './tensors.ts';

/** What a user wrote; `trace` checks what it returns. */
export type UserFunction = (inputs: unknown) => TraceResult | Promise<unknown>;

/** A function as a module describes it. */
export interface ModuleDescription {
  readonly name?: string;
  /** Name and shape, in the order of the module. */
  readonly inputs: readonly (readonly [name: string, shape: Shape])[];
  readonly f: UserFunction;
  readonly sample?: readonly Tensor[];
}

const plainObject = (what: string): z.ZodType<object> =>
  z.custom<object>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    {
      error: `has to be an object: ${what}`,
    },
  );

const description = z.object({
  name: z
    .string('has to be a text: what the function is called')
    .min(1, 'is empty; call the function something')
    .optional(),
  inputs: plainObject('input name → shape, such as { x: [], w: [3] }'),
  f: z.custom<UserFunction>((value) => typeof value === 'function', {
    error: 'has to be a function of the inputs, such as ({ x, w }) => ({ a: w.mul(x) })',
  }),
  sample: plainObject('input name → number or nested arrays').optional(),
});

const lengthOfAxis = z
  .number('has to be a whole number: the length of an axis')
  .int('has to be a whole number: the length of an axis')
  .min(1, 'has to be 1 or more: the length of an axis');

const shape = z
  .array(lengthOfAxis, 'has to be a shape: an array of axis lengths, [] for a scalar')
  .max(16, 'has more than 16 axes');

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, depth) => {
      if (typeof key === 'number') return `[${key}]`;
      return depth === 0 ? String(key) : `.${String(key)}`;
    })
    .join('');
}

function check<T>(schema: z.ZodType<T>, value: unknown, at: readonly PropertyKey[]): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = placeOf([...at, ...(issue?.path ?? [])]);
  throw new UserError({
    code: 'module-shape',
    message: `${place} ${issue?.message ?? 'is wrong'}`,
    at: place,
  });
}

/**
 * Checks the default export of a module.
 * @throws UserError `module-default-export`, `module-shape`, `value-shape` or `value-number`, with
 * the place in the export.
 */
export function parseModule(exported: unknown): ModuleDescription {
  if (exported === undefined) {
    throw new UserError({
      code: 'module-default-export',
      message: 'the module has no default export; write `export default { name, inputs, f }`',
    });
  }
  if (typeof exported !== 'object' || exported === null || Array.isArray(exported)) {
    throw new UserError({
      code: 'module-default-export',
      message: 'the default export is no object; write `export default { name, inputs, f }`',
    });
  }
  const fields = Object.keys(description.shape);
  const unknown = Object.keys(exported).find((field) => !fields.includes(field));
  if (unknown !== undefined) {
    throw new UserError({
      code: 'module-shape',
      message: `${unknown} is no field of a function description (${fields.join(', ')}).${suggestion(unknown, fields)}`,
      at: unknown,
    });
  }
  const described = check(description, exported, []);
  const inputs = Object.entries(described.inputs).map(
    ([name, value]: [string, unknown]) => [name, check(shape, value, ['inputs', name])] as const,
  );
  return {
    inputs,
    f: described.f,
    ...(described.name === undefined ? {} : { name: described.name }),
    ...(described.sample === undefined
      ? {}
      : { sample: pointFromNested(described.sample, inputs, 'sample') }),
  };
}

/**
 * A point: one tensor an input, from an object of nested arrays.
 * @param values name → number or nested arrays
 * @param at what the object is called in errors; empty for a file's top level
 * @throws UserError for a missing or unknown name, a wrong shape, a number that is not finite.
 */
export function pointFromNested(
  values: object,
  inputs: readonly (readonly [name: string, shape: Shape])[],
  at: string,
): readonly Tensor[] {
  const given = new Map<string, unknown>(Object.entries(values));
  const names = inputs.map(([name]) => name);
  for (const name of given.keys()) {
    if (!names.includes(name)) {
      throw new UserError({
        code: 'value-unknown-input',
        message: `${JSON.stringify(name)} is no input of the function; take it out.${suggestion(name, names)}`,
        at: at === '' ? name : `${at}.${name}`,
      });
    }
  }
  return inputs.map(([name, size]) => {
    if (!given.has(name)) {
      throw new UserError({
        code: 'value-missing-input',
        message: `input ${JSON.stringify(name)} has no value; give every input one`,
        ...(at === '' ? {} : { at }),
      });
    }
    return tensorFromNested(given.get(name), size, at === '' ? name : `${at}.${name}`);
  });
}
