/** `crosscountry play`: a trained policy plays a subject, beside the heuristics. */
import { orderIds } from '../order/orders.ts';
import { countOrders } from '../results/count-orders.ts';
import { parseParameters } from '../search/parameters.ts';
import { policyStrategy } from '../policy/strategies/policy-search.ts';
import { loadSubject } from '../subject/load.ts';
import { compiled } from '../cost/compiled.ts';
import { chosenGranularity, chosenModel, costOption, granularityOption } from './models.ts';
import { coloursOf, printDocument, table } from './print.ts';
import { positive } from './search-options.ts';
import { usageError, type Verb } from './verb.ts';

/** Orders that a policy is compared with. */
const heuristics = ['forward', 'reverse', 'markowitz', 'markowitz-high', 'minimal-damage'];

/** The verb. */
export const playVerb: Verb = {
  positionals: 'SUBJECT',
  arity: [1, 1],
  summary:
    'A trained policy plays: one greedy order, or the best of several, beside the heuristics.',
  options: {
    policy: {
      type: 'text',
      value: 'P',
      describe: 'the policy: a file, as train writes it, or a name (generalist)',
    },
    orders: { type: 'text', value: 'N', describe: 'how many, all but the first by chance (1)' },
    seed: { type: 'text', value: 'N', describe: 'seed of those (0)' },
    parameter: { type: 'list', value: 'temperature=T', describe: 'of those (0.5)' },
    cost: costOption,
    granularity: granularityOption,
  },
  examples: [
    ['crosscountry play g', 'the policy that comes with the package'],
    ['crosscountry play g --policy RoeFlux_1d.policy.json', 'one of your own'],
    ['crosscountry play RoeFlux_1d --policy RoeFlux_1d.policy.json --orders 100 --json', 'more'],
  ],
  run: async (given, io) => {
    const model = chosenModel(given);
    if (model === compiled)
      throw usageError('policies play under models of graphs; leave --cost out');
    const { openCoreWeights, standardPolicy } = await import('../policy/shipped.ts');
    const network = await openCoreWeights(given.text('policy') ?? standardPolicy);
    const subject = await loadSubject(given.positionals[0] ?? '', chosenGranularity(given));
    const graph = subject.graph(model);
    const seed = given.integer('seed', 0);
    const outcome = await policyStrategy.run({
      graph,
      model,
      network,
      budget: { kind: 'evaluations', evaluations: positive(given, 'orders', 1, 1e9) },
      seed,
      threads: 1,
      parameters: parseParameters(policyStrategy, given.list('parameter')),
    });
    const counted = await countOrders(subject, heuristics, { model, seed: 0, steps: false });
    if (given.flag('json')) {
      printDocument(io, 'play', {
        subject: subject.name,
        cost: model.name,
        seed,
        count: outcome.count,
        orders: outcome.evaluations,
        order: orderIds(graph, outcome.order),
        heuristics: counted.map(({ row }) => ({ order: row.order, count: row.count })),
      });
      return 0;
    }
    if (given.flag('quiet')) {
      io.stdout(`${outcome.count}\n`);
      return 0;
    }
    const { bold } = coloursOf(io);
    const rows = [
      ...counted.map(({ row }) => [{ text: row.order }, { text: String(row.count) }]),
      [
        { text: 'policy', style: bold },
        { text: String(outcome.count), style: bold },
      ],
    ];
    const columns = [
      { title: 'order', align: 'left' as const },
      { title: 'count', align: 'right' as const },
    ];
    io.stdout(`${subject.name} by the cost model ${model.name}\n\n${table(columns, rows, bold)}`);
    return 0;
  },
};
