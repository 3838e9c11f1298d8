/** What `time` reads from the command line. */
import { jacobianForms, type JacobianForm } from '../accumulate/compile-jacobian.ts';
import { anyTargetNamed } from '../compile/targets.ts';
import type { AnyPrecision } from '../compile/types.ts';
import { chosenBuiltIns } from './built-ins-option.ts';
import { type CellPattern, parseCell } from './time-cells.ts';
import { chosenOptimiseSeconds } from './optimise-option.ts';
import { parseSeconds } from './search-options.ts';
import { usageError, type VerbArguments } from './verb.ts';

/** How to time. */
export interface TimeOptions {
  readonly orders: readonly string[] | undefined;
  readonly targets: readonly string[];
  readonly precisions: readonly AnyPrecision[];
  readonly batches: readonly number[];
  readonly form: JacobianForm;
  readonly values: boolean;
  readonly builtIns: boolean;
  readonly rounds: number;
  readonly seconds: number;
  readonly seed: number;
  /** How long to optimise each subject; nothing: not at all. */
  readonly optimiseSeconds: number | undefined;
  readonly compare: readonly [CellPattern, CellPattern] | undefined;
}

const standardRounds = 30;
const standardSeconds = 60;
/** Most points of a batch: what fits in memory beside the results of every task. */
const mostPoints = 2 ** 20;

/** The words of a list option, commas among them; each once. */
function words(given: VerbArguments, name: string): readonly string[] {
  const all = given.list(name).flatMap((text) => text.split(','));
  if (all.includes('')) throw usageError(`--${name} has an empty entry`);
  return [...new Set(all)];
}

function batchesOf(given: VerbArguments): readonly number[] {
  const texts = words(given, 'batch');
  if (texts.length === 0) return [1, 64, 4096];
  return texts.map((text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= 1 && value <= mostPoints) return value;
    throw usageError(
      `--batch takes whole numbers from 1 to ${mostPoints}, not ${JSON.stringify(text)}`,
    );
  });
}

/** Double precision, and single where a target has no other. */
function standardPrecisions(targets: readonly string[]): readonly AnyPrecision[] {
  const all = targets.map((name): readonly AnyPrecision[] => anyTargetNamed(name).precisions);
  return (['f64', 'f32'] as const).filter((precision) =>
    all.some((own) => own.includes(precision) && (precision === 'f64' || !own.includes('f64'))),
  );
}

function precisionsOf(given: VerbArguments, targets: readonly string[]): readonly AnyPrecision[] {
  const texts = words(given, 'precision');
  if (texts.length === 0) return standardPrecisions(targets);
  return texts.map((text) => {
    if (text === 'f64' || text === 'f32' || text === 'f16') return text;
    throw usageError(`--precision is f64, f32 or f16, not ${JSON.stringify(text)}`);
  });
}

/** `sparse` has the kernel of `compact`. */
const timedForms = jacobianForms.filter((form) => form !== 'sparse');

function formOf(given: VerbArguments): JacobianForm {
  const text = given.text('form') ?? 'compact';
  const form = timedForms.find((one) => one === text);
  if (form !== undefined) return form;
  throw usageError(`--form is ${timedForms.join(' or ')}, not ${JSON.stringify(text)}`);
}

function compareOf(given: VerbArguments): TimeOptions['compare'] {
  const texts = words(given, 'compare');
  if (texts.length === 0) return undefined;
  const [a, b] = texts.map(parseCell);
  if (a === undefined || b === undefined || texts.length > 2) {
    throw usageError('--compare takes two cells, such as --compare wasm:best js:best');
  }
  return [a, b];
}

/**
 * The options of a timing.
 * @throws UserError for what they can not be
 */
export function timeOptions(given: VerbArguments): TimeOptions {
  const orders = words(given, 'order');
  const targets = words(given, 'target');
  const rounds = given.integer('rounds', standardRounds);
  if (rounds < 1) throw usageError('--rounds has to be 1 or more');
  const time = given.text('time');
  const chosen = targets.length === 0 ? ['js', 'wasm'] : targets;
  const precisions = precisionsOf(given, chosen);
  const own = chosen.flatMap((name): readonly AnyPrecision[] => anyTargetNamed(name).precisions);
  if (!precisions.some((one) => own.includes(one))) {
    throw usageError(`--target ${chosen.join(',')} does not compute in ${precisions.join(',')}`);
  }
  return {
    orders: orders.length === 0 ? undefined : orders,
    targets: chosen,
    precisions,
    batches: batchesOf(given),
    form: formOf(given),
    values: given.flag('values'),
    builtIns: chosenBuiltIns(given, chosen),
    rounds,
    seconds: time === undefined ? standardSeconds : parseSeconds(time),
    seed: given.integer('seed', 0),
    optimiseSeconds: chosenOptimiseSeconds(given),
    compare: compareOf(given),
  };
}
