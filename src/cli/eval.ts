/** `crosscountry eval`: a function's values and its Jacobian at a point. */
import { allTargets, anyTargetNamed } from '../compile/targets.ts';
import { orderIds } from '../order/orders.ts';
import { requireFunction } from '../results/count.ts';
import { evaluate, type Evaluation, pointOf } from '../results/evaluate.ts';
import { findOrder } from '../results/orders.ts';
import { loadSubject } from '../subject/load.ts';
import { nestedFromTensor, type NestedArray } from '../subject/tensors.ts';
import { builtInsOption, chosenBuiltIns } from './built-ins-option.ts';
import type { CommandLineIo } from './io.ts';
import {
  chosenGranularity,
  costOption,
  granularityOption,
  orderDescription,
  orderOptions,
  resultsOption,
  seedOption,
} from './models.ts';
import { coloursOf, printDocument, wideTable } from './print.ts';
import type { Verb } from './verb.ts';

/** The verb. */
export const evalVerb: Verb = {
  positionals: 'SUBJECT',
  arity: [1, 1],
  summary: 'Evaluates a function and its Jacobian, accumulated in an elimination order.',
  options: {
    at: {
      type: 'text',
      value: 'FILE.json',
      describe: 'the point: { input name: number or nested arrays } (the sample)',
    },
    order: { type: 'text', value: 'ORDER', describe: `${orderDescription} (markowitz)` },
    target: {
      type: 'text',
      value: 'TARGET',
      describe: `${allTargets.map(({ name, summary }) => `${name} (${summary})`).join('; ')} (js)`,
    },
    'built-ins': builtInsOption,
    cost: costOption,
    granularity: granularityOption,
    seed: seedOption,
    results: resultsOption,
  },
  examples: [
    ['crosscountry eval RoeFlux_1d', 'at the task’s sample point'],
    ['crosscountry eval example.mjs --at point.json --json', 'a module of your own'],
  ],
  run: async (given, io) => {
    const target = given.text('target') ?? 'js';
    const builtIns = chosenBuiltIns(given, [anyTargetNamed(target).name]);
    const subject = requireFunction(
      await loadSubject(given.positionals[0] ?? '', chosenGranularity(given)),
    );
    const point = await pointOf(subject, given.text('at'));
    const options = orderOptions(given);
    const name = given.text('order') ?? 'markowitz';
    const { order } = await findOrder(subject, name, options);
    const ids = orderIds(subject.graph(options.model), order);
    const evaluation = await evaluate(subject, ids, point, target, builtIns);
    const { values, jacobian, multiplications } = evaluation;
    if (given.flag('json')) {
      printDocument(io, 'evaluation', {
        subject: subject.name,
        order: name,
        target,
        ...(builtIns && { builtIns }),
        values: Object.fromEntries(values),
        jacobian: Object.fromEntries(
          [...jacobian].map(([output, row]) => [output, Object.fromEntries(row)]),
        ),
        multiplications,
      });
      return 0;
    }
    const inputs = subject.program().inputs.map(({ name: input }, index) => {
      const tensor = point[index];
      return `${input} = ${tensor === undefined ? '?' : numbersText(nestedFromTensor(tensor))}`;
    });
    printEvaluation(io, evaluation, {
      title: `${subject.name} at ${inputs.join(', ')}`,
      order: name,
      quiet: given.flag('quiet'),
    });
    return 0;
  },
};

/** Seven digits: what a reader compares; `--json` has all of them. */
function numbersText(value: NestedArray): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(7)));
  return `[${value.map(numbersText).join(', ')}]`;
}

function printEvaluation(
  io: CommandLineIo,
  { values, jacobian, multiplications }: Evaluation,
  {
    title,
    order,
    quiet,
  }: { readonly title: string; readonly order: string; readonly quiet: boolean },
): void {
  const { bold, dim } = coloursOf(io);
  const rows = [...jacobian].map(([output, row]) => [
    { text: output, style: bold },
    { text: numbersText(values.get(output) ?? NaN) },
    ...[...row.values()].map((entry) => {
      const text = numbersText(entry);
      return text === '0' ? { text: '0', style: dim } : { text };
    }),
  ]);
  const inputs = [...(jacobian.values().next().value ?? new Map<string, NestedArray>()).keys()];
  const table = wideTable(
    [
      { title: '', align: 'left' },
      { title: 'value', align: 'right' },
      ...inputs.map((input) => ({ title: `∂/∂${input}`, align: 'right' as const })),
    ],
    rows,
    quiet ? undefined : bold,
    io.columns,
  );
  if (!quiet) io.stdout(`${title}\n\n`);
  io.stdout(table);
  if (!quiet) io.stdout(`\n${multiplications} multiplications in ${order} order\n`);
}
