/**
 * A lower bound for every subset of a group of vertices, by a dynamic programme over the order
 * within the group (docs/search.md).
 *
 * Let C be all vertices to be eliminated and A ⊂ C the group. For B ⊂ A and v ∈ A∖B let c(v, B) be
 * κ_in(v)·κ_out(v), the Menger numbers of v in the graph in which B has been eliminated, A∖B∖v are
 * ends and C∖A may be passed through, one path a vertex. If B is the set of the group's vertices
 * that an order eliminates before v, then whatever it did outside the group, v pays at least
 * c(v, B): its current neighbours on a side cut it off from all vertices that are still there, so
 * from A∖B∖v and from the ends. Hence with
 *
 *     g(∅) = 0,   g(B) = min over v in B of g(B∖v) + c(v, B∖v)
 *
 * the vertices of A among D ⊂ C pay at least g(D ∩ A) in every order of D (vertices outside D are
 * never eliminated, which the programme allows for), and D as a whole at least the sum over disjoint
 * groups. 2^|A| · |A| flows.
 */
import { DisjointPaths } from './disjoint-paths.ts';
import { copyOf, eliminate, type Instance, type Rows } from './instance.ts';
import { addBit, allOf, at, dropBit } from './words.ts';

/** Most vertices in a group: 2^14 entries, 230,000 flows. */
export const largestGroup = 14;

/** Makes tables for the groups of one instance; keeps its workspace. */
export class GroupTables {
  readonly #paths: DisjointPaths;
  readonly #all: Int32Array;
  readonly #through: Int32Array;
  /** A copy of the rows for each depth of the recursion. */
  readonly #rows: Rows[];
  #flows = 0;

  constructor(instance: Instance) {
    this.#paths = new DisjointPaths(instance.words);
    this.#all = allOf(instance.size, instance.words);
    this.#through = new Int32Array(instance.words);
    this.#rows = Array.from({ length: largestGroup + 1 }, () => copyOf(instance));
  }

  /** Flows computed so far. */
  get flows(): number {
    return this.#flows;
  }

  /**
   * The table of one group.
   * @param group at most `largestGroup` different vertices
   * @returns g, at the index whose bit i stands for group[i]
   */
  table(group: readonly number[]): Int32Array {
    if (group.length > largestGroup) throw new Error(`a group of ${group.length} is too large`);
    this.#through.set(this.#all);
    for (const vertex of group) dropBit(this.#through, 0, vertex);
    const table = new Int32Array(2 ** group.length).fill(0x7fffffff);
    table[0] = 0;
    this.#descend(Int32Array.from(group), group.length - 1, 0, 0, table);
    return table;
  }

  /** Decides for the members from `member` down whether they are in B; visits B in ascending order. */
  #descend(group: Int32Array, member: number, set: number, depth: number, table: Int32Array): void {
    const rows = this.#rowsAt(depth);
    if (member < 0) {
      this.#extend(group, set, rows, table);
      return;
    }
    this.#descend(group, member - 1, set, depth, table);
    const deeper = this.#rowsAt(depth + 1);
    deeper.predecessors.set(rows.predecessors);
    deeper.successors.set(rows.successors);
    eliminate(deeper, at(group, member), this.#all);
    this.#descend(group, member - 1, set | (1 << member), depth + 1, table);
  }

  #rowsAt(depth: number): Rows {
    const rows = this.#rows[depth];
    if (rows === undefined) throw new Error('the recursion is deeper than the group is large');
    return rows;
  }

  /** From B to all sets with one vertex more. */
  #extend(group: Int32Array, set: number, rows: Rows, table: Int32Array): void {
    const sum = at(table, set);
    for (let member = 0; member < group.length; member += 1) {
      if ((set & (1 << member)) !== 0) continue;
      const v = at(group, member);
      const larger = set | (1 << member);
      const bound = sum + leastPrice(this.#paths, rows, v, this.#through);
      if (bound < at(table, larger)) table[larger] = bound;
      this.#flows += 2;
    }
  }
}

/** κ_in·κ_out: what v pays at least, whichever of the vertices passed through have gone before. */
function leastPrice(paths: DisjointPaths, rows: Rows, v: number, through: Int32Array): number {
  const into = paths.count(rows.predecessors, v, through);
  return into * (paths.count(rows.successors, v, through) - at(rows.ownEnd, v));
}

/** Σ κ_in·κ_out over all vertices, each with all others to pass through: the weakest bound. */
export function mengerBound(instance: Instance): number {
  const { size, words } = instance;
  const paths = new DisjointPaths(words);
  const through = allOf(size, words);
  let sum = 0;
  for (let vertex = 0; vertex < size; vertex += 1) {
    dropBit(through, 0, vertex);
    sum += leastPrice(paths, instance, vertex, through);
    addBit(through, 0, vertex);
  }
  return sum;
}
