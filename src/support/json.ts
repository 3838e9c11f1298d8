/**
 * JSON with errors for people: what is wrong, at which line and column. The text goes to the
 * engine's own parser; only where that refuses, a scanner without recursion looks for the first
 * fault, because engines word and place it differently. O(length).
 */
import { UserError } from './user-error.ts';

/** `line 3, column 7` of an offset in a text, both counted from 1. */
export function placeInText(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `line ${line}, column ${offset - before.lastIndexOf('\n')}`;
}

/**
 * Parses JSON; a byte order mark in front is passed over.
 * @throws UserError json-syntax (with the place), json-nesting
 */
export function parseJson(text: string, file?: string): unknown {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch (cause) {
    const named = file === undefined ? {} : { file };
    if (cause instanceof RangeError) {
      const message = 'the JSON is nested too deeply or too long; write it flatter or shorter';
      throw new UserError({ code: 'json-nesting', message, cause, ...named });
    }
    const { offset, what } = firstFault(body);
    throw new UserError({
      code: 'json-syntax',
      message: `the text is not JSON: ${what}; mend it there`,
      at: placeInText(body, offset),
      cause,
      ...named,
    });
  }
}

interface Fault {
  readonly offset: number;
  readonly what: string;
}

type Expectation = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

const wording: Readonly<Record<Expectation, string>> = {
  value: 'a value is expected',
  'value-or-end': 'a value or "]" is expected',
  key: 'a name in double quotes is expected',
  'key-or-end': 'a name in double quotes or "}" is expected',
  colon: 'a ":" is expected',
  'comma-or-end': 'a "," or the closing bracket is expected',
};

const blank = /[ \t\n\r]*/y;
// eslint-disable-next-line no-control-regex -- JSON forbids bare control characters in strings
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const atom = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const word = /[^\s,:[\]{}"]{1,20}/y;

function matchEnd(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Scans up to the first place where the text can't go on as JSON. */
function firstFault(text: string): Fault {
  const open: ('{' | '[')[] = [];
  let expected: Expectation = 'value';
  let done = false;
  let offset = 0;
  for (;;) {
    offset = matchEnd(blank, text, offset) ?? offset;
    if (offset >= text.length) return { offset, what: endOf(text) };
    const symbol = text[offset];
    if (done) return { offset, what: 'something follows after its end' };
    let next: number | undefined;
    let closes = false;
    if (expected === 'value' || expected === 'value-or-end') {
      if (symbol === '{' || symbol === '[') {
        open.push(symbol);
        expected = symbol === '{' ? 'key-or-end' : 'value-or-end';
        offset += 1;
        continue;
      }
      closes = expected === 'value-or-end' && symbol === ']';
      next = matchEnd(string, text, offset) ?? matchEnd(atom, text, offset);
    } else if (expected === 'key' || expected === 'key-or-end') {
      closes = expected === 'key-or-end' && symbol === '}';
      next = matchEnd(string, text, offset);
      if (next !== undefined) {
        expected = 'colon';
        offset = next;
        continue;
      }
    } else if (expected === 'colon') {
      if (symbol === ':') {
        expected = 'value';
        offset += 1;
        continue;
      }
    } else {
      const container = open.at(-1);
      if (symbol === ',') {
        expected = container === '{' ? 'key' : 'value';
        offset += 1;
        continue;
      }
      closes = symbol === (container === '{' ? '}' : ']');
    }
    if (closes) {
      open.pop();
      next = offset + 1;
    }
    if (next === undefined) return { offset, what: describe(text, offset, expected) };
    offset = next;
    expected = 'comma-or-end';
    done = open.length === 0;
  }
}

function endOf(text: string): string {
  return text.trim() === '' ? 'it is empty' : 'it ends too early (was it cut off?)';
}

function describe(text: string, offset: number, expected: Expectation): string {
  if (text[offset] === '"') {
    return text.includes('"', offset + 1)
      ? 'a string has an end of line, a control character or a wrong escape in it'
      : 'a string has no closing quote (was it cut off?)';
  }
  const end = matchEnd(word, text, offset);
  const found = end === undefined ? String(text[offset]) : text.slice(offset, end);
  const numbers = /^-?(NaN|Infinity)/.test(found) ? ' (JSON has no NaN and no Infinity)' : '';
  return `${wording[expected]}, not ${JSON.stringify(found)}${numbers}`;
}
