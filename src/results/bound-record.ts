/**
 * Bounds in result files. What a proof was made of is stored as vertex ids, and checked from
 * nothing: safe reductions are made again, the parts they leave are compared, the partitions' bounds
 * are computed again, and, where that is asked for, the searches are run again and have to expand
 * exactly as many states.
 */
import { createHash } from 'node:crypto';

import type { CostedGraph, CostModel } from '../cost/types.ts';
import type { Graph, Position, VertexId } from '../graph/types.ts';
import { eliminableVertices } from '../order/orders.ts';
import { budgetParameters } from '../search/budget.ts';
import type { BoundResult } from '../search/exact/bound.ts';
import type { Instance } from '../search/exact/instance.ts';
import { type Partition, PartitionBound } from '../search/exact/partition-bound.ts';
import { replayPart, rootBoundOf } from '../search/exact/prove-part.ts';
import { isClassed, reduceGraph } from '../search/exact/prove.ts';
import {
  largestStateGraph,
  largestTensorGroup,
  stateBoundOf,
} from '../search/exact/tensor/state-bound.ts';
import type { SearchBudget } from '../search/strategy.ts';
import type { BoundRecord, ProofPartRecord } from './types.ts';

/** What runs the proofs of a file again. */
const replay = 'crosscountry verify --replay';

/**
 * A bound as it stands in a result file.
 * @param budget what was given for it
 */
export function boundRecord(
  graph: Graph,
  model: CostModel,
  result: BoundResult,
  budget: SearchBudget,
): BoundRecord {
  const ids = (places: readonly Position[]): VertexId[] =>
    places.flatMap((place) => graph.vertices[place]?.id ?? []);
  const costed = model.prepare(graph);
  const instances = isClassed(costed) ? reduceGraph(costed).parts : [];
  const { record, seed, seconds } = result;
  return {
    lower: result.state === 'proved' ? result.value : result.lower,
    proved: result.state === 'proved',
    method: result.method,
    proof: {
      memory: record.memory,
      seed,
      seconds,
      ...budgetParameters(budget),
      replay,
      parts: record.parts.map(
        ({ vertices, lower, upper, rootBound, partitions, budgets, states }) => {
          // Where time ended the reductions, others are left than a full run leaves.
          const instance = instances.find(({ positions }) => positions.join() === vertices.join());
          const bound =
            instance === undefined
              ? undefined
              : new PartitionBound(instance, localPartitions(instance, partitions));
          return {
            vertices: ids(vertices),
            lower,
            upper,
            rootBound,
            partitions: partitions.map((groups) => groups.map(ids)),
            budgets,
            states,
            ...(bound === undefined ? {} : { tables: tablesHash(bound) }),
          };
        },
      ),
    },
  };
}

function localPartitions(
  { positions }: Instance,
  partitions: readonly (readonly (readonly Position[])[])[],
): Partition[] {
  const places = new Map(positions.map((place, vertex) => [place, vertex]));
  return partitions.map((groups) =>
    groups.map((group) => group.map((place) => places.get(place) ?? -1)),
  );
}

/** SHA-256 of the tables as words of 32 bits, the lowest byte first. */
function tablesHash({ tables }: PartitionBound): string {
  const bytes = new DataView(new ArrayBuffer(4 * tables.length));
  tables.forEach((word, index) => {
    bytes.setInt32(4 * index, word, true);
  });
  return createHash('sha256').update(new Uint8Array(bytes.buffer)).digest('hex');
}

/**
 * Checks a bound by its record.
 * @param replay whether the searches are run again
 * @returns what is wrong
 */
export function checkProof(
  graph: Graph,
  model: CostModel,
  bound: BoundRecord,
  replay: boolean,
): string[] {
  const { lower, proof } = bound;
  if (proof === undefined) return [];
  const costed = model.prepare(graph);
  if (!isClassed(costed)) return checkByStates(costed, bound, proof.parts);
  const { cost, parts } = reduceGraph(costed);
  const sum = proof.parts.reduce((total, part) => total + part.lower, cost);
  const problems =
    sum === lower ? [] : [`reductions and parts prove ${sum}, not ${lower}: the bound is edited`];
  if (parts.length !== proof.parts.length) {
    return [...problems, `reductions leave ${parts.length} parts, not ${proof.parts.length}`];
  }
  parts.forEach((instance, index) => {
    const part = proof.parts[index];
    if (part === undefined) return;
    const name = `part ${index + 1} of the proof`;
    const found = checkPart(graph, instance, part, replay ? proof.memory : undefined);
    problems.push(...found.map((problem) => `${name}: ${problem}`));
  });
  return problems;
}

/** Checks a bound by the states of edges: one part, one partition, whose groups are bounded again. */
function checkByStates(
  costed: CostedGraph,
  { lower }: BoundRecord,
  parts: readonly ProofPartRecord[],
): string[] {
  const { graph } = costed;
  if (graph.vertices.length > largestStateGraph) return ['the graph is too large for such a proof'];
  const [part, ...others] = parts;
  if (part === undefined || others.length > 0) return ['such a proof has one part'];
  const places = new Map(eliminableVertices(graph).map((v) => [graph.vertices[v]?.id, v as number]));
  const [groups = [], ...more] = part.partitions;
  if (more.length > 0) return ['such a proof has one partition'];
  const members = groups.flat().map((id) => places.get(id));
  if (members.includes(undefined) || new Set(members).size !== members.length) {
    return ['a partition is none: a vertex is unknown or in two groups'];
  }
  const largest = Math.max(0, ...groups.map((group) => group.length));
  if (largest > largestTensorGroup) {
    return [`a group has ${largest} vertices, and up to ${largestTensorGroup} are checked`];
  }
  const again = stateBoundOf(
    costed,
    groups.map((group) => group.map((id) => places.get(id) ?? -1)),
  );
  const problems: string[] = [];
  if (again !== part.rootBound) problems.push(`its groups prove ${again}, not ${part.rootBound}`);
  if (lower > again) problems.push(`it claims ${lower}, and its groups prove ${again}`);
  return problems;
}

function checkPart(
  graph: Graph,
  instance: Instance,
  part: ProofPartRecord,
  memory: number | undefined,
): string[] {
  const places = new Map<VertexId, number>();
  instance.positions.forEach((place, vertex) => {
    const id = graph.vertices[place]?.id;
    if (id !== undefined) places.set(id, vertex);
  });
  const here = new Set(part.vertices);
  if (here.size !== places.size || part.vertices.some((id) => !places.has(id))) {
    return ['reductions leave other vertices'];
  }
  const partitions = part.partitions.map((groups) =>
    groups.map((group) => group.map((id) => places.get(id) ?? -1)),
  );
  const fault = partitions.find((groups) => {
    const members = groups.flat();
    return members.includes(-1) || new Set(members).size !== members.length;
  });
  if (fault !== undefined) return ['a partition is none: a vertex is unknown or in two groups'];
  const { rootBound, budgets } = part;
  const bound = new PartitionBound(instance, partitions);
  if (part.tables !== undefined && part.tables !== tablesHash(bound)) {
    return ['the tables of its groups have another hash'];
  }
  if (memory === undefined || budgets.length === 0) {
    const again = rootBoundOf(instance, bound);
    if (again !== rootBound) return [`its groups prove ${again}, not ${rootBound}`];
    if (budgets.length === 0 && part.lower > again) {
      return [`it claims ${part.lower} without a search, and its groups prove ${again}`];
    }
    return [];
  }
  const again = replayPart(instance, { partitions, budgets }, memory);
  const problems: string[] = [];
  if (again.rootBound !== rootBound) {
    problems.push(`its groups prove ${again.rootBound}, not ${rootBound}`);
  }
  if (again.states !== part.states) {
    problems.push(`the search expands ${again.states} states, not ${part.states}`);
  }
  if (Math.min(again.lower, part.upper) !== part.lower) {
    problems.push(`the search proves ${again.lower}, not ${part.lower}`);
  }
  return problems;
}
