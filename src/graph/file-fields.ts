/** Reading the parts of a graph file: each checks one thing and says where it failed. */
import type { Shape } from '../program/types.ts';
import { editDistance } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import type { VertexId } from './types.ts';

/** How large a graph file may be; beyond it is a mistake or an attack. */
export const limits = {
  vertices: 1_000_000,
  edges: 10_000_000,
  /** Axes of one vertex. */
  rank: 16,
  /** Elements of one vertex: counts stay exact in double precision. */
  elements: 2 ** 31 - 1,
  /** Characters of a name or an id. */
  name: 1000,
  /** Characters of one partial's notation. */
  notation: 1000,
} as const;

/** A place in the file. It is put into words where something is wrong with it, not before. */
export type Place = () => string;

/** An object's own fields; `__proto__` is a name like any other. */
export class Fields {
  readonly #object: Readonly<Record<string, unknown>>;

  constructor(object: object) {
    this.#object = object as Readonly<Record<string, unknown>>;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name);
  }

  get(name: string): unknown {
    return this.has(name) ? this.#object[name] : undefined;
  }
}

/** An error at a place of the file. */
export function refuse(code: string, at: string, message: string): UserError {
  return new UserError({ code, message, ...(at === '' ? {} : { at }) });
}

/** A found value in a message: short, and on one line. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

/**
 * The fields of an object.
 * @param known the format's names; a field that is almost one of them is taken for a misspelling
 */
export function fieldsOf(value: unknown, at: Place, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const what = at() === '' ? 'a graph file is' : 'here stands';
    throw refuse('graph-type', at(), `${what} an object {…}, not ${show(value)}; mend it`);
  }
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) refuseMisspelt(name, at, known);
  }
  return new Fields(value);
}

function refuseMisspelt(name: string, at: Place, known: readonly string[]): void {
  if (name.length < 4) return;
  const near = known.find(
    (other) => other.length >= 4 && editDistance(name, other) <= (other.length < 6 ? 1 : 2),
  );
  if (near === undefined) return;
  throw refuse(
    'graph-unknown-field',
    at() === '' ? name : `${at()}.${name}`,
    `there is no field ${JSON.stringify(name)}. Did you mean ${JSON.stringify(near)}?`,
  );
}

/** A field that is a list of at most `limit` items. */
export function list(fields: Fields, name: string, at: string, limit: number): readonly unknown[] {
  const value: unknown = fields.get(name);
  if (!Array.isArray(value)) {
    throw refuse('graph-type', at, `"${name}" is a list […], not ${show(value)}; mend it`);
  }
  if (value.length > limit) {
    throw refuse(
      'graph-limit',
      at,
      `"${name}" has ${value.length} items; the most that is read is ${limit}`,
    );
  }
  return value;
}

/** Single values. */
export const one = {
  /** A string or a safe integer. */
  id(value: unknown, at: Place): VertexId {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value === 0 ? 0 : value;
    if (typeof value === 'string' && value.length <= limits.name) return value;
    throw refuse(
      'graph-type',
      at(),
      `an id is an integer or a text of at most ${limits.name} characters, not ${show(value)}; mend it`,
    );
  },

  /** A list of lengths ≥ 1. */
  shape(value: unknown, at: Place): Shape {
    if (!Array.isArray(value)) {
      throw refuse(
        'graph-type',
        at(),
        `a shape is a list of lengths such as [3], not ${show(value)}; mend it or leave it out for a scalar`,
      );
    }
    if (value.length > limits.rank) {
      throw refuse(
        'graph-limit',
        at(),
        `the shape has ${value.length} axes; ${limits.rank} is the most`,
      );
    }
    const shape = value.map((length: unknown, axis) => {
      if (typeof length === 'number' && Number.isInteger(length) && length >= 1) return length;
      throw refuse(
        'graph-type',
        `${at()}[${axis}]`,
        `the length of an axis is an integer ≥ 1, not ${show(length)}; mend it`,
      );
    });
    const elements = shape.reduce((product, length) => product * length, 1);
    if (elements > limits.elements) {
      throw refuse(
        'graph-limit',
        at(),
        `the shape has ${elements} elements; ${limits.elements} is the most`,
      );
    }
    return shape;
  },
} as const;
