/**
 * The lower bound of a search state from partitions into groups: Σ over groups of g(D ∩ A), largest
 * over several partitions (group-table.ts). Where a set R was eliminated before, by safe reductions,
 * a group gives max(0, g((R ∪ D) ∩ A) − g(R ∩ A)): after R, an order of D pays at least what is
 * missing from g(R ∩ A), which is at most what R paid, to the least of all orders of both.
 */
import { GroupTables } from './group-table.ts';
import type { Instance } from './instance.ts';
import { at, lowestBit } from './words.ts';

/** Disjoint groups of vertices of an instance. */
export type Partition = readonly (readonly number[])[];

/** Looks bounds up; made once for an instance. */
export class PartitionBound {
  readonly #words: number;
  /** A vertex's group, among all groups of all partitions; a row of `size` for each partition. */
  readonly #groupOf: Int32Array;
  /** The vertex's bit in its group's table; 0 where it is in no group. */
  readonly #bitOf: Int32Array;
  readonly #size: number;
  /** Tables of all groups, one after the other. */
  readonly #tables: Int32Array;
  readonly #starts: Int32Array;
  /** First group of each partition, and one past the last. */
  readonly #firstGroup: Int32Array;
  readonly #partitions: number;
  /** Of the state looked at: table indices of what is gone, and of that and what is left. */
  readonly #goneIndices: Int32Array;
  readonly #indices: Int32Array;
  readonly #sums: Int32Array;

  /**
   * Computes the tables, 2^|A| · |A| flows for each group.
   * @param partitions groups of at most `largestGroup` vertices
   */
  constructor(instance: Instance, partitions: readonly Partition[]) {
    const { size, words } = instance;
    const maker = new GroupTables(instance);
    const groups = partitions.flat();
    const tables = groups.map((group) => maker.table(group));
    this.#words = words;
    this.#size = size;
    this.#partitions = partitions.length;
    this.#tables = new Int32Array(tables.reduce((sum, table) => sum + table.length, 0));
    this.#starts = new Int32Array(groups.length);
    tables.reduce((start, table, group) => {
      this.#tables.set(table, start);
      this.#starts[group] = start;
      return start + table.length;
    }, 0);
    this.#goneIndices = new Int32Array(groups.length);
    this.#indices = new Int32Array(groups.length);
    this.#sums = new Int32Array(partitions.length);
    this.#groupOf = new Int32Array(partitions.length * size);
    this.#bitOf = new Int32Array(partitions.length * size);
    this.#firstGroup = new Int32Array(partitions.length + 1);
    let group = 0;
    partitions.forEach((partition, index) => {
      this.#groupOf.fill(group, index * size, (index + 1) * size);
      for (const members of partition) {
        members.forEach((vertex, member) => {
          this.#groupOf[index * size + vertex] = group;
          this.#bitOf[index * size + vertex] = 1 << member;
        });
        group += 1;
      }
      this.#firstGroup[index + 1] = group;
    });
  }

  /** The tables of all groups of all partitions, one after the other, as 32-bit words; not to be changed. */
  get tables(): Int32Array {
    return this.#tables;
  }

  /**
   * The bound of a state.
   * @param set the vertices to be eliminated, as a row at word `place`
   * @param gone those that were eliminated before, as a row
   */
  of(set: Int32Array, place: number, gone: Int32Array): number {
    this.#goneIndices.fill(0);
    this.#add(this.#goneIndices, gone, 0);
    this.#indices.set(this.#goneIndices);
    this.#add(this.#indices, set, place);
    let most = 0;
    for (let partition = 0; partition < this.#partitions; partition += 1) {
      let sum = 0;
      const end = at(this.#firstGroup, partition + 1);
      for (let group = at(this.#firstGroup, partition); group < end; group += 1) {
        sum += this.#groupBound(group, at(this.#indices, group));
      }
      this.#sums[partition] = sum;
      if (sum > most) most = sum;
    }
    return most;
  }

  /** The bound of the state that was looked at last, without one of its vertices. */
  without(vertex: number): number {
    let most = 0;
    for (let partition = 0; partition < this.#partitions; partition += 1) {
      const place = partition * this.#size + vertex;
      const group = at(this.#groupOf, place);
      const index = at(this.#indices, group);
      const sum =
        at(this.#sums, partition) -
        this.#groupBound(group, index) +
        this.#groupBound(group, index & ~at(this.#bitOf, place));
      if (sum > most) most = sum;
    }
    return most;
  }

  #groupBound(group: number, index: number): number {
    const start = at(this.#starts, group);
    const before = at(this.#tables, start + at(this.#goneIndices, group));
    return Math.max(0, at(this.#tables, start + index) - before);
  }

  #add(indices: Int32Array, set: Int32Array, place: number): void {
    for (let word = 0; word < this.#words; word += 1) {
      for (let rest = at(set, place + word); rest !== 0; rest &= rest - 1) {
        const vertex = word * 32 + lowestBit(rest);
        for (let cell = vertex; cell < this.#groupOf.length; cell += this.#size) {
          const group = at(this.#groupOf, cell);
          indices[group] = at(indices, group) | at(this.#bitOf, cell);
        }
      }
    }
  }
}
