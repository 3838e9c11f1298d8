/** `crosscountry bound`: what no order can cost less than. */
import type { CostModel } from '../cost/types.ts';
import { functionCostModels } from '../cost/models.ts';
import { parseOrder } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { countOrders } from '../results/count-orders.ts';
import { counterOf } from '../results/count.ts';
import { originRecord } from '../results/provenance.ts';
import { namingFile } from '../results/naming-file.ts';
import { boundCount, type BoundResult } from '../search/exact/bound.ts';
import type { PlacedProof } from '../search/exact/prove.ts';
import type { SearchBudget } from '../search/strategy.ts';
import type { ResultFile } from '../results/types.ts';
import { readBytes } from '../subject/read-file.ts';
import { loadSubject } from '../subject/load.ts';
import type { Subject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';
import { type BoundListener, lineBound, silentBound } from './bound-progress.ts';
import { interruptible } from './interruption.ts';
import type { CommandLineIo } from './io.ts';
import { chosenGranularity, chosenModel, costOption, granularityOption } from './models.ts';
import { shortSeconds, withCommas } from './numbers.ts';
import { type Cell, coloursOf, printDocument, table } from './print.ts';
import { budgetOf, isFolder, requireWritable } from './search-options.ts';
import type { Verb, VerbArguments } from './verb.ts';

/** The verb. */
export const boundVerb: Verb = {
  positionals: 'SUBJECT',
  arity: [1, 1],
  summary:
    'Bounds the least count from below, and proves that no order is better where it can: safe\n' +
    'reductions, Menger numbers, groups of vertices, exact search; of tensors by the least prices that\n' +
    'edges can have. Ctrl-C ends a proof with the bounds so far.',
  options: {
    time: { type: 'text', value: '10s', describe: 'how long: 500ms, 10s, 2m, 1h (10s)' },
    evaluations: {
      type: 'text',
      value: 'N',
      describe: 'how many proposals and states instead: makes the bound reproducible',
    },
    seed: { type: 'text', value: 'N', describe: 'seed of the search for groups and orders (0)' },
    cost: costOption,
    granularity: granularityOption,
    result: {
      type: 'text',
      value: 'FILE',
      describe: 'begin with the order of this result, and write it to --out with the bound added',
    },
    out: {
      type: 'text',
      value: 'FILE',
      describe:
        'write order, bound and proof to this file, or into this folder under its own name; ' +
        'crosscountry verify checks it',
    },
  },
  examples: [
    ['crosscountry bound RobotArm_6DOF --cost pairs', 'a proof in a moment'],
    ['crosscountry bound g --cost pairs --time 60s --out results/', 'a proof to keep'],
    ['crosscountry bound f --cost paper --result f.json --out results/', 'a bound for a find'],
    ['crosscountry bound graph.json --cost pairs --json', 'for a script'],
  ],
  run: async (given, io) => {
    const model = chosenModel(given);
    const budget = budgetOf(given);
    const seed = given.integer('seed', 0);
    const out = given.text('out');
    if (out !== undefined) await requireWritable(out);
    const subject = await loadSubject(given.positionals[0] ?? '', chosenGranularity(given));
    const from = await earlierResult(given.text('result'), subject, model);
    const known = from === undefined ? {} : { known: from.order };
    const options = { budget, seed, ...known };
    const result = await bound(subject, model, options, listenerFor(given, io));
    const lower = result.state === 'proved' ? result.value : result.lower;
    const upper = result.state === 'proved' ? result.value : result.upper;
    if (given.flag('json')) {
      printDocument(io, 'bound', {
        subject: subject.name,
        cost: model.name,
        granularity: subject.granularity,
        lower,
        upper,
        proved: result.state === 'proved',
        method: result.method,
        seconds: result.seconds,
        seed,
        reductions: result.reductions,
        parts: result.record.parts.map(({ vertices, ...part }) => ({
          vertices: vertices.length,
          lower: part.lower,
          upper: part.upper,
          rootBound: part.rootBound,
          states: part.states,
        })),
      });
    } else if (given.flag('quiet')) {
      io.stdout(`${lower} ${upper}\n`);
    } else {
      await printSummary(io, subject, model, result);
    }
    if (out !== undefined) {
      const [{ resultOfBound }, { writeResult, writeWhole }, { jsonText }] = await Promise.all([
        import('../results/bound-result.ts'),
        import('../results/store.ts'),
        import('../results/json-text.ts'),
      ]);
      const file = resultOfBound(
        subject,
        model,
        { result, budget, from: from?.file },
        originRecord(new Date()),
      );
      const path = (await isFolder(out)) ? await writeResult(out, file) : out;
      if (path === out) await writeWhole(out, jsonText(file));
      if (!given.flag('quiet')) io.stderr(`wrote ${path}\n`);
    }
    return 0;
  },
};

/**
 * A result to begin with, and its order.
 * @throws UserError where it is one of another graph or model
 */
async function earlierResult(
  path: string | undefined,
  subject: Subject,
  model: CostModel,
): Promise<{ readonly file: ResultFile; readonly order: EliminationOrder } | undefined> {
  if (path === undefined) return undefined;
  const [{ readResult }, { graphHash }] = await Promise.all([
    import('../results/store.ts'),
    import('../graph/canonical.ts'),
  ]);
  const file = readResult(await readBytes(path), path);
  const graph = subject.graph(model);
  const fits =
    file.cost === model.name &&
    file.granularity === subject.granularity &&
    file.graphHash === graphHash(graph);
  if (!fits) {
    throw new UserError({
      code: 'bound-other-result',
      message:
        `this is a result of ${file.subject} (${file.granularity}) under ${file.cost}, and the bound ` +
        `is of ${subject.name} (${subject.granularity}) under ${model.name}; name another file`,
      file: path,
    });
  }
  const order = parseOrder(graph, file.order);
  const counter = counterOf(subject, model);
  const { count } = counter.count(order);
  counter.dispose();
  if (count !== file.count) {
    throw new UserError({
      code: 'bound-wrong-result',
      message: `the order counts ${count}, not ${file.count}; crosscountry verify says more`,
      file: path,
    });
  }
  return { file, order };
}

function listenerFor(given: VerbArguments, io: CommandLineIo): BoundListener {
  if (given.flag('quiet') || io.progress !== true) return silentBound;
  return lineBound((text) => {
    io.stderr(text);
  });
}

/** Bounds; the first Ctrl-C ends the proof, the second the program. */
async function bound(
  subject: Subject,
  model: CostModel,
  options: {
    readonly budget: SearchBudget;
    readonly seed: number;
    readonly known?: EliminationOrder;
  },
  listener: BoundListener,
): Promise<BoundResult> {
  if (functionCostModels.includes(model)) {
    throw new UserError({
      code: 'bound-model',
      message:
        `there are no lower bounds under --cost ${model.name}: orders share values there, and what one ` +
        'elimination costs depends on all others; use --cost multiplications',
    });
  }
  const graph = subject.graph(model);
  namingFile(subject, () => model.prepare(graph));
  try {
    return await interruptible((signal) =>
      boundCount({
        ...options,
        graph,
        model,
        signal,
        onProgress: (progress) => {
          listener.onProgress(progress);
        },
      }),
    );
  } catch (error) {
    const nameless = error instanceof UserError && error.file === undefined;
    throw nameless && subject.file !== undefined ? error.inFile(subject.file) : error;
  } finally {
    listener.end();
  }
}

async function printSummary(
  io: CommandLineIo,
  subject: Subject,
  model: CostModel,
  result: BoundResult,
): Promise<void> {
  const { bold, green, yellow, dim } = coloursOf(io);
  const time = `${shortSeconds(result.seconds)} s${result.interrupted ? ', interrupted' : ''}`;
  const name = `${subject.name} by the cost model ${model.name}`;
  if (result.state === 'proved') {
    const value = String(result.value);
    io.stdout(
      `${name}: no order counts less than ${bold(value)}, ${green('proved')} in ${time}\n\n`,
    );
  } else {
    const { lower, upper } = result;
    const gap = ((100 * (upper - lower)) / upper).toFixed(1);
    io.stdout(
      `${name}: the least count is ${bold(String(lower))} … ${bold(String(upper))}, ` +
        `${yellow(`${gap} % open`)} after ${time}\n\n`,
    );
  }
  const { reductions, record } = result;
  io.stdout(
    table(
      [
        { title: 'step', align: 'left' },
        { title: 'vertices', align: 'right' },
        { title: 'at least', align: 'right' },
        { title: 'found', align: 'right' },
        { title: 'how', align: 'left' },
      ],
      [
        ...(reductions.vertices === 0
          ? []
          : [
              [
                { text: 'safe reductions' },
                { text: String(reductions.vertices) },
                { text: String(reductions.cost) },
                { text: String(reductions.cost) },
                { text: 'taken first, in some optimal order', style: dim },
              ],
            ]),
        ...record.parts.map((part, index): Cell[] => [
          {
            text: partName(index, record.parts.length, reductions.vertices),
          },
          { text: String(part.vertices.length) },
          { text: String(part.lower), style: part.lower === part.upper ? green : yellow },
          { text: String(part.upper) },
          { text: how(part), style: dim },
        ]),
      ],
      bold,
    ),
  );
  await printOrders(io, subject, model, result);
}

/** A part by name: the whole graph where nothing was taken out of it. */
function partName(index: number, parts: number, reduced: number): string {
  if (reduced === 0 && parts === 1) return 'the whole graph';
  const rest = reduced === 0 ? 'the graph' : 'what is left';
  return parts === 1 ? rest : `part ${index + 1} of ${rest}`;
}

/** How a part was bounded. */
function how({ partitions, rootBound, states }: PlacedProof): string {
  const groups = Math.max(...partitions.flat().map((group) => group.length), 1);
  const root = `${rootBound} by groups of up to ${groups}`;
  return states === 0 ? root : `${root}, then ${withCommas(states)} states searched`;
}

/** The named orders beside what was found. */
async function printOrders(
  io: CommandLineIo,
  subject: Subject,
  model: CostModel,
  result: BoundResult,
): Promise<void> {
  const { bold, red, dim } = coloursOf(io);
  const published = subject.kind === 'task' && subject.task?.publishedOrder !== undefined;
  const names = ['forward', 'reverse', 'markowitz', 'markowitz-high'];
  if (published && subject.granularity === 'tensor') names.push('published');
  const counted = await countOrders(subject, names, { model, seed: 0, steps: false });
  const lower = result.state === 'proved' ? result.value : result.lower;
  const found = result.state === 'proved' ? result.value : result.upper;
  const above = (count: number): Cell => {
    if (count === lower) return { text: 'optimal', style: dim };
    const percent = `+${((100 * (count - lower)) / Math.max(1, lower)).toFixed(1)} %`;
    return { text: percent, style: red };
  };
  const rows = counted.map(({ row }): Cell[] => [
    { text: row.order },
    { text: String(row.count) },
    above(row.count),
  ]);
  io.stdout(
    `\n${table(
      [
        { title: 'order', align: 'left' },
        { title: 'count', align: 'right' },
        { title: 'above the bound', align: 'right' },
      ],
      [
        ...rows,
        [{ text: 'found here', style: bold }, { text: String(found), style: bold }, above(found)],
      ],
      bold,
    )}`,
  );
}
