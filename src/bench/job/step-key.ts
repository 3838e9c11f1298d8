/**
 * What the results of a step are known by: beside its subject's name the graph's hash, since a user's module
 * may have the name of a task, and its results then lie in the same folder.
 */
import { costModelNamed } from '../../cost/models.ts';
import { graphHash } from '../../graph/canonical.ts';
import type { ResultKey } from '../../results/best.ts';
import { loadSubject } from '../../subject/load.ts';
import type { Granularity } from '../../subject/types.ts';

/** What tells the graph that a step counts. */
interface StepGraph {
  readonly subject: string;
  readonly cost: string;
  readonly granularity: Granularity;
}

/** Hashes of graphs by the steps' keys: steps of one subject follow one another. */
const hashes = new Map<string, Promise<string>>();

async function hashOf({ subject, cost, granularity }: StepGraph): Promise<string> {
  const loaded = await loadSubject(subject, granularity);
  return graphHash(loaded.graph(costModelNamed(cost)));
}

/**
 * The key of a step's results.
 * @throws UserError for an unknown subject or model
 */
export async function stepKey(step: StepGraph): Promise<Required<ResultKey>> {
  const { subject, cost, granularity } = step;
  const name = JSON.stringify([subject, cost, granularity]);
  const known = hashes.get(name) ?? hashOf(step);
  hashes.set(name, known);
  return { subject, cost, granularity, graphHash: await known };
}
