/** `crosscountry count`: elimination orders counted, the paper's figures beside them. */
import { paperTasks, tasks } from '../../tasks/tasks.ts';
import { flops } from '../cost/flops.ts';
import { compiled } from '../cost/compiled.ts';
import { multiplications } from '../cost/multiplications.ts';
import { countOrders } from '../results/count-orders.ts';
import type { CountedOrder, CountRow } from '../results/count.ts';
import { defaultOrderNames } from '../results/named-orders.ts';
import { originRecord } from '../results/provenance.ts';
import { loadSubject } from '../subject/load.ts';
import type { Subject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';
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
import {
  type Cell,
  type Colours,
  coloursOf,
  type Column,
  printDocument,
  wideTable,
} from './print.ts';
import { usageError, type Verb, type VerbArguments } from './verb.ts';

/** The verb. */
export const countVerb: Verb = {
  positionals: '[SUBJECT…]',
  arity: [0, Infinity],
  summary:
    'Counts elimination orders. SUBJECT is a task (crosscountry tasks), a graph file (*.json), a\n' +
    'module (*.js, *.mjs, *.ts), or a generated graph by family, vertices and seed (stencil-5000,\n' +
    'random-program-1000-7); without one, all tasks of the paper. Without --order, all heuristics\n' +
    'and the published order.',
  options: {
    order: { type: 'list', value: 'ORDER…', describe: orderDescription },
    cost: costOption,
    granularity: granularityOption,
    'value-numbering': {
      type: 'flag',
      describe:
        'count multiplications element by element, equal values as one and equal products once',
    },
    steps: { type: 'flag', describe: 'the cost of each elimination too' },
    seed: seedOption,
    out: { type: 'text', value: 'DIR', describe: 'write a result file for each order' },
    results: resultsOption,
  },
  examples: [
    ['crosscountry count', 'the paper’s table'],
    ['crosscountry count RoeFlux_1d --order reverse markowitz', 'two orders of one task'],
    ['crosscountry count graph.json --cost multiplications --json', 'for a script'],
  ],
  run: async (given, io) => {
    const options = countOptions(given);
    const granularity = chosenGranularity(given);
    const names =
      given.positionals.length > 0 ? given.positionals : paperTasks.map(({ name }) => name);
    const asked = given
      .list('order')
      .flatMap((name) => name.split(','))
      .filter(Boolean);
    const out = given.text('out');
    const counted: { readonly subject: Subject; readonly orders: CountedOrder[] }[] = [];
    for (const name of names) {
      const subject = await loadSubject(name, granularity);
      const orders = asked.length > 0 ? asked : defaultOrderNames(subject);
      counted.push({ subject, orders: await countOrders(subject, orders, options).catch(hint) });
    }
    if (out !== undefined) {
      const [{ writeResult }, { resultOfCount }] = await Promise.all([
        import('../results/store.ts'),
        import('../results/record.ts'),
      ]);
      for (const { subject, orders } of counted) {
        for (const order of orders) {
          const path = await writeResult(
            out,
            resultOfCount(subject, options.model, order, originRecord(new Date())),
          );
          if (!given.flag('quiet')) io.stderr(`wrote ${path}\n`);
        }
      }
    }
    const rows = counted.flatMap(({ orders }) => orders.map(({ row }) => row));
    if (given.flag('json')) printDocument(io, 'counts', { rows });
    else printTable(io, rows, given.flag('quiet'), asked.length === 0);
    return 0;
  },
};

/** Value numbering counts multiplications, so that model is taken where none is named. */
function countOptions(given: VerbArguments): Parameters<typeof countOrders>[2] {
  const options = { ...orderOptions(given), steps: given.flag('steps') };
  if (!given.flag('value-numbering')) return options;
  if (given.text('cost') !== undefined && options.model !== multiplications) {
    throw usageError(
      `--value-numbering counts multiplications; leave --cost out or use --cost ${multiplications.name}`,
    );
  }
  if (given.text('out') !== undefined) {
    throw usageError('--value-numbering writes no result files; leave --out out');
  }
  return { ...options, model: multiplications, valueNumbering: true };
}

/** A subject behind `--order` is taken for an order: say so. */
function hint(error: unknown): never {
  if (error instanceof UserError && error.code === 'unknown-name') {
    const task = tasks.find(({ name }) => error.message.includes(JSON.stringify(name)));
    if (task !== undefined) {
      throw new UserError({
        code: error.code,
        message: `${task.name} is a task, no order; write subjects before --order`,
        cause: error,
      });
    }
  }
  throw error;
}

/**
 * Subjects as rows, orders as columns. Where every order was counted, those that the paper prints
 * figures for come first, and the others stand below by their full names, one a row.
 */
function printTable(
  io: CommandLineIo,
  rows: readonly CountRow[],
  quiet: boolean,
  everyOrder: boolean,
): void {
  const colours = coloursOf(io);
  const heading = quiet ? undefined : colours.bold;
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  const orders = [...new Set(rows.map(({ order }) => order))];
  const printed = orders.filter((order) =>
    rows.some((row) => row.order === order && row.published !== undefined),
  );
  const cell = (subject: string, order: string): Cell => {
    const own = rows.filter((row) => row.subject === subject);
    const least = Math.min(...own.map(({ count }) => count));
    const row = own.find((candidate) => candidate.order === order);
    return countCell(row, least, printed.includes(order), colours);
  };
  const asColumns = (group: readonly string[]): string =>
    wideTable(
      [
        { title: 'task', align: 'left' },
        ...group.map((order): Column => ({ title: order, align: 'right', titleWidth: 11 })),
      ],
      subjects.map((subject) => [{ text: subject }, ...group.map((order) => cell(subject, order))]),
      heading,
      io.columns,
    );
  const asRows = (group: readonly string[]): string =>
    wideTable(
      [
        { title: 'order', align: 'left' },
        ...subjects.map((subject): Column => ({ title: subject, align: 'right', titleWidth: 10 })),
      ],
      group.map((order) => [{ text: order }, ...subjects.map((subject) => cell(subject, order))]),
      heading,
      io.columns,
    );
  const others = orders.filter((order) => !printed.includes(order));
  const tables = everyOrder
    ? [
        ...(printed.length > 0 ? [asColumns(printed)] : []),
        ...(others.length > 0 ? [asRows(others)] : []),
      ]
    : [asColumns(orders)];
  const model = rows[0]?.cost ?? '';
  const numbered = rows.some(({ valueNumbering }) => valueNumbering === true);
  const counted =
    model === compiled.name
      ? 'Weighted operations of values and Jacobian'
      : model === flops.name
        ? 'Operations'
        : 'Multiplications';
  const note = `${counted} by the cost model ${model}${
    numbered ? ', equal values as one and equal products paid once' : ''
  }${printed.length > 0 ? ', as counted here = as the paper prints' : ''}.\n\n`;
  io.stdout(
    (quiet ? '' : note) + tables.join('\n') + (quiet ? '' : notesText(rows)) + stepsText(rows),
  );
}

/** A count, with the paper's figure in tables that have any; the least of a subject stands out. */
function countCell(
  row: CountRow | undefined,
  least: number,
  withFigure: boolean,
  { bold, green, red }: Colours,
): Cell {
  if (row === undefined) return { text: '–' };
  const { count, published } = row;
  const own = String(count);
  const emphasised = count === least ? bold(own) : own;
  if (!withFigure) return { text: own, style: () => emphasised };
  const agrees = count === published;
  const figure =
    published === undefined ? ' '.repeat(own.length + 3) : ` ${agrees ? '=' : '≠'} ${published}`;
  return {
    text: own + figure,
    style: () => emphasised + (agrees ? green(figure) : red(figure)),
  };
}

/** Why the paper prints other figures, where it is known. */
function notesText(rows: readonly CountRow[]): string {
  const lines = rows.flatMap(({ subject, order, published, note }) =>
    published === undefined || note === undefined
      ? []
      : [`The paper's ${published} for ${subject}, ${order}: ${note}.\n`],
  );
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}

function stepsText(rows: readonly CountRow[]): string {
  return rows
    .filter(({ steps }) => steps !== undefined)
    .map(({ subject, order, steps }) => `\n${subject}, ${order}: ${steps?.join(' ') ?? ''}\n`)
    .join('');
}
