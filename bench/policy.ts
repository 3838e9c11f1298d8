/**
 * Where a learned policy is worth it: the generalist of the package on generated graphs, of families
 * that it was trained on and of others that were set aside before it was, beside annealing from the best
 * heuristic and beside an untrained network, in equal processor time on one thread: clocks are the
 * processor's here, so that a busy machine does not matter.
 *
 *   npm run bench:policy -- [--seconds 30] [--only stencil-5000,…] [--policy generalist] [--json]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { pairs } from '../src/cost/pairs.ts';
import type { Graph } from '../src/graph/types.ts';
import { initialWeights } from '../src/policy/networks/message-passing.ts';
import { openCoreWeights, standardPolicy } from '../src/policy/shipped.ts';
import { policyAnnealStrategy, policyStrategy } from '../src/policy/strategies/policy-search.ts';
import { anneal } from '../src/search/strategies/anneal.ts';
import type { SearchContext, SearchStrategy } from '../src/search/strategy.ts';
import { graphFamilyNamed, graphOfFamily } from '../src/subject/families/families.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    only: { type: 'string' },
    policy: { type: 'string', default: standardPolicy },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(options.seconds);

function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
Date.now = processorMilliseconds;
performance.now = processorMilliseconds;

/** Family, vertices, seed, and whether lessons show small graphs of the family. */
const instances = [
  { family: 'stencil', vertices: 5000, seed: 0, isKnown: true },
  { family: 'unrolled-ode', vertices: 7500, seed: 103, isKnown: true },
  { family: 'random-program', vertices: 10_000, seed: 102, isKnown: true },
  { family: 'random-sparse', vertices: 10_000, seed: 101, isKnown: true },
  { family: 'tiled-roe-flux', vertices: 5000, seed: 1, isKnown: false },
  { family: 'stepped-roe-flux', vertices: 10_403, seed: 1, isKnown: false },
  { family: 'bundle-adjustment', vertices: 10_000, seed: 1, isKnown: false },
] as const;

const trained = await openCoreWeights(options.policy);
const untrained = initialWeights(0);
const methods: readonly {
  readonly name: string;
  readonly strategy: SearchStrategy;
  readonly more: Partial<SearchContext>;
}[] = [
  { name: 'anneal', strategy: anneal, more: {} },
  {
    name: 'policy',
    strategy: policyStrategy,
    more: { network: trained, budget: { kind: 'evaluations', evaluations: 1 } },
  },
  { name: 'policy+anneal', strategy: policyAnnealStrategy, more: { network: trained } },
  { name: 'untrained+anneal', strategy: policyAnnealStrategy, more: { network: untrained } },
];

async function measure(graph: Graph, method: (typeof methods)[number]) {
  const began = processorMilliseconds();
  const { count } = await method.strategy.run({
    graph,
    model: pairs,
    budget: { kind: 'time', seconds },
    seed: 0,
    threads: 1,
    parameters: new Map(),
    ...method.more,
  });
  return { method: method.name, count, seconds: (processorMilliseconds() - began) / 1000 };
}

const rows = [];
for (const { family, vertices, seed, isKnown } of instances) {
  const name = `${family}-${vertices}`;
  if (options.only !== undefined && !options.only.split(',').includes(name)) continue;
  const graph = graphOfFamily(graphFamilyNamed(family).make(vertices, seed));
  const results = [];
  for (const method of methods) results.push(await measure(graph, method));
  rows.push({ name, isKnown, vertices: graph.vertices.length, results });
  if (options.json) continue;
  const figures = results.map((one) => `${one.method} ${one.count} (${one.seconds.toFixed(1)} s)`);
  console.log(`${name}${isKnown ? '' : ', set aside'}: ${figures.join(', ')}`);
}
const machine = { cpu: cpus()[0]?.model ?? 'unknown', node: process.versions.node };
if (options.json) console.log(JSON.stringify({ machine, seconds, rows }, undefined, 2));
else console.log(`${machine.cpu}, Node ${machine.node}, ${seconds} s each, one thread`);
