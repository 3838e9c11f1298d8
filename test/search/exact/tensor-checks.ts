/** What bounds of tensor graphs have to keep to, on random graphs; quick in the tests, long in the soak. */
import { eliminableVertices } from '../../../src/order/orders.ts';
import { standing, TensorPrices } from '../../../src/search/exact/tensor/least-tensor-price.ts';
import { reachableStates } from '../../../src/search/exact/tensor/reachable-states.ts';
import { TensorGroups } from '../../../src/search/exact/tensor/tensor-groups.ts';
import { stateBoundOf } from '../../../src/search/exact/tensor/state-bound.ts';
import type { CostedGraph } from '../../../src/cost/types.ts';
import { createRandom } from '../../../src/support/random.ts';
import { randomPartition } from './small-graphs.ts';
import { eliminateOne, leastCost, startEdges } from './tensor-graphs.ts';

/** Along random orders: each state was foreseen, and each price is at least what was said before. */
export function checkPrices(costed: CostedGraph, seed: number, orders: number): string[] {
  const problems: string[] = [];
  const random = createRandom(seed);
  const { sets, edges: foreseen, vertices } = reachableStates(costed);
  const prices = new TensorPrices(costed, reachableStates(costed));
  for (let trial = 0; trial < orders; trial += 1) {
    let edges = startEdges(costed);
    const known = new Uint8Array(vertices);
    const left = random.shuffle([...eliminableVertices(costed.graph)]);
    const gone: number[] = [];
    for (let v = left.pop(); v !== undefined; v = left.pop()) {
      known.fill(standing.open);
      const told = random.next();
      for (const other of left) if (random.next() < told) known[other] = standing.there;
      for (const other of gone) if (random.next() < told) known[other] = standing.gone;
      const least = prices.least(v, known);
      const step = eliminateOne(costed, edges, v);
      if (least > step.products) problems.push(`${v} costs ${step.products}, and least ${least}`);
      edges = step.edges;
      for (const [ends, state] of edges) {
        const [from = 0, to = 0] = ends.split(' ').map(Number);
        const set = foreseen[from * vertices + to] ?? 0;
        if (!sets.states(set).includes(state)) problems.push(`${ends} has the state ${state}`);
      }
      gone.push(v);
    }
  }
  return problems;
}

/** Groups against the least cost of all orders; `share` is how much of it one group of all proves. */
export function checkBound(
  costed: CostedGraph,
  seed: number,
): { readonly problems: readonly string[]; readonly share: number } {
  const least = leastCost(costed);
  const vertices = eliminableVertices(costed.graph);
  const random = createRandom(seed);
  const groups = new TensorGroups(
    new TensorPrices(costed, reachableStates(costed)),
    costed.graph.vertices.length,
  );
  const whole = groups.bound(vertices);
  const partition = randomPartition(vertices.length, 1 + random.integer(4), random).map((group) =>
    group.map((index) => vertices[index] ?? -1),
  );
  const parts = stateBoundOf(costed, partition);
  const problems = [
    ...(whole > least ? [`one group says ${whole}, the least cost is ${least}`] : []),
    ...(parts > least ? [`groups say ${parts}, the least cost is ${least}`] : []),
    ...(parts > whole ? [`groups say ${parts}, and all together ${whole}`] : []),
  ];
  return { problems, share: least === 0 ? 1 : whole / least };
}
