/**
 * A lower bound for every subset of a group of vertices, by a dynamic programme over the order
 * within the group (docs/bounds.md).
 *
 * Let C be all vertices to be eliminated and A ⊂ C the group. For B ⊂ A and v ∈ A∖B let c(v, B) be
 * κ_in(v)·κ_out(v), the Menger numbers of v (least-price.ts) in the graph in which B has been eliminated, A∖B∖v are
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
import { eliminate } from './eliminate.ts';
import { copyOf, type Instance } from './instance.ts';
import { leastPrice } from './least-price.ts';
import { addBit, allOf, at, dropBit, lowestBit } from './words.ts';

/** Most vertices in a group: 2^14 entries, 230,000 flows. */
export const largestGroup = 14;

/** Makes tables for the groups of one instance; keeps its workspace. */
export class GroupTables {
  readonly #rows: Instance;
  readonly #paths: DisjointPaths;
  readonly #all: Int32Array;
  readonly #through: Int32Array;
  /** Rows before the eliminations that are in force, to be put back. */
  #journal = new Int32Array(1024);
  #written = 0;

  constructor(instance: Instance) {
    this.#rows = copyOf(instance);
    this.#paths = new DisjointPaths(instance.words, instance.layers);
    this.#all = allOf(instance.size, instance.words);
    this.#through = new Int32Array(instance.words);
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
    this.#descend(Int32Array.from(group), group.length - 1, 0, table);
    return table;
  }

  /** Decides for the members from `member` down whether they are in B; visits B in ascending order. */
  #descend(group: Int32Array, member: number, set: number, table: Int32Array): void {
    if (member < 0) {
      this.#extend(group, set, table);
      return;
    }
    this.#descend(group, member - 1, set, table);
    const v = at(group, member);
    const { predecessors, successors } = this.#rows;
    const mark = this.#written;
    this.#save(v, predecessors, successors);
    const middle = this.#written;
    this.#save(v, successors, predecessors);
    eliminate(this.#rows, v, this.#all);
    this.#descend(group, member - 1, set | (1 << member), table);
    this.#restore(middle, predecessors);
    this.#restore(mark, successors);
  }

  /** Writes down the rows of v's neighbours on one side that its elimination changes. */
  #save(v: number, side: Int32Array, other: Int32Array): void {
    const { words, layers } = this.#rows;
    const stride = words * layers;
    for (let word = 0; word < words; word += 1) {
      const neighbours = at(side, v * stride + word) & at(this.#all, word);
      for (let rest = neighbours; rest !== 0; rest &= rest - 1) {
        const row = (word * 32 + lowestBit(rest)) * stride;
        if (this.#written + stride >= this.#journal.length) {
          const larger = new Int32Array(2 * this.#journal.length + stride);
          larger.set(this.#journal);
          this.#journal = larger;
        }
        for (let cell = row; cell < row + stride; cell += 1) {
          this.#journal[this.#written] = at(other, cell);
          this.#written += 1;
        }
        this.#journal[this.#written] = row;
        this.#written += 1;
      }
    }
  }

  /** Puts rows back as they were when the journal had `mark` words. */
  #restore(mark: number, rows: Int32Array): void {
    const stride = this.#rows.words * this.#rows.layers;
    while (this.#written > mark) {
      const row = at(this.#journal, this.#written - 1);
      this.#written -= stride + 1;
      for (let word = 0; word < stride; word += 1) {
        rows[row + word] = at(this.#journal, this.#written + word);
      }
    }
  }

  /** From B to all sets with one vertex more. */
  #extend(group: Int32Array, set: number, table: Int32Array): void {
    const sum = at(table, set);
    for (let member = 0; member < group.length; member += 1) {
      if ((set & (1 << member)) !== 0) continue;
      const v = at(group, member);
      const larger = set | (1 << member);
      const bound = sum + leastPrice(this.#paths, this.#rows, v, this.#through);
      if (bound < at(table, larger)) table[larger] = bound;
    }
  }
}

/**
 * Σ κ_in·κ_out over all vertices, each with all others to pass through: the weakest bound.
 * @param shouldStop asked at every vertex; where it says so, the others count nothing
 */
export function mengerBound(instance: Instance, shouldStop: () => boolean = () => false): number {
  const { size, words, layers } = instance;
  const paths = new DisjointPaths(words, layers);
  const through = allOf(size, words);
  let sum = 0;
  for (let vertex = 0; vertex < size; vertex += 1) {
    if (shouldStop()) break;
    dropBit(through, 0, vertex);
    sum += leastPrice(paths, instance, vertex, through);
    addBit(through, 0, vertex);
  }
  return sum;
}
