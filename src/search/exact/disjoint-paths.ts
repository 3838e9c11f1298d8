/**
 * Menger numbers: the largest number of paths from the ends to a vertex v that have no vertex but v
 * in common (or from v to the ends, with rows of successors). By Menger's theorem it is the least
 * number of vertices that cut v off, so no elimination of some of the vertices passed through leaves
 * v with fewer neighbours on that side.
 *
 * A maximum flow with unit vertex capacities, by augmenting paths away from v (Ford and Fulkerson,
 * Flows in Networks, 1962, chapter I.8; vertices split in a near and a far half). The sets of
 * neighbours of v that can be linked to the ends form a matroid (a gammoid), so one attempt for each
 * neighbour is enough. O(degree · edges); neighbours that are ends count at once, since a direct
 * edge is always among the best paths.
 */
import { at, lowestBit, popcount } from './words.ts';

/** Workspace for graphs up to a size; not reentrant. */
export class DisjointPaths {
  readonly #words: number;
  /** Words from one row to the next. */
  readonly #stride: number;
  /** Neighbour on the flow path on v's side, for the bits in `#flow`. */
  readonly #toward: Int32Array;
  readonly #flow: Int32Array;
  readonly #near: Int32Array;
  readonly #far: Int32Array;
  /** Far half from which a near half was reached; −1 where it was its own. */
  readonly #nearFrom: Int32Array;
  readonly #farFrom: Int32Array;
  readonly #queue: Int32Array;

  /**
   * @param words words in a set of the graphs to come
   * @param layers sets in a row
   */
  constructor(words: number, layers: number) {
    const bits = words * 32;
    this.#words = words;
    this.#stride = words * layers;
    this.#toward = new Int32Array(bits);
    this.#flow = new Int32Array(words);
    this.#near = new Int32Array(words);
    this.#far = new Int32Array(words);
    this.#nearFrom = new Int32Array(bits);
    this.#farFrom = new Int32Array(bits);
    this.#queue = new Int32Array(2 * bits);
  }

  /**
   * Counts disjoint paths between v and the ends.
   * @param rows neighbours away from v, a row for each vertex that can be passed
   * @param through the set of vertices that paths may pass; v is not in it. Every other bit in the
   * rows is an end.
   * @param layer layer of v's row from which paths may begin; they go on by all neighbours
   */
  count(rows: Int32Array, v: number, through: Int32Array, layer = 0): number {
    const words = this.#words;
    const row = v * this.#stride + layer * words;
    const flow = this.#flow;
    let paths = 0;
    let open = 0;
    for (let word = 0; word < words; word += 1) {
      const neighbours = at(rows, row + word);
      const ends = neighbours & ~at(through, word);
      flow[word] = ends;
      paths += popcount(ends);
      open |= neighbours ^ ends;
      for (let rest = ends; rest !== 0; rest &= rest - 1) {
        this.#toward[word * 32 + lowestBit(rest)] = v;
      }
    }
    if (open === 0) return paths;
    for (let word = 0; word < words; word += 1) {
      const starts = at(rows, row + word) & at(through, word);
      for (let rest = starts; rest !== 0; rest &= rest - 1) {
        if (this.#augment(rows, v, word * 32 + lowestBit(rest), through)) paths += 1;
      }
    }
    return paths;
  }

  /** Adds the path that begins v – start, rerouting earlier ones, where there is one. */
  #augment(rows: Int32Array, v: number, start: number, through: Int32Array): boolean {
    const words = this.#words;
    const flow = this.#flow;
    const near = this.#near;
    const far = this.#far;
    const queue = this.#queue;
    near.fill(0);
    far.fill(0);
    let head = 0;
    let tail = 0;
    near[start >>> 5] = 1 << (start & 31);
    this.#nearFrom[start] = v;
    if ((at(flow, start >>> 5) & (1 << (start & 31))) === 0) {
      queue[tail++] = start;
    } else {
      const before = at(this.#toward, start);
      far[before >>> 5] = 1 << (before & 31);
      this.#farFrom[before] = start;
      queue[tail++] = before;
    }
    while (head < tail) {
      const y = at(queue, head++);
      const row = y * this.#stride;
      for (let word = 0; word < words; word += 1) {
        const fresh = at(rows, row + word) & ~at(near, word);
        if (fresh === 0) continue;
        const end = fresh & ~at(through, word) & ~at(flow, word);
        if (end !== 0) {
          this.#reroute(v, y, word * 32 + lowestBit(end));
          return true;
        }
        near[word] = at(near, word) | fresh;
        for (let rest = fresh; rest !== 0; rest &= rest - 1) {
          const z = word * 32 + lowestBit(rest);
          this.#nearFrom[z] = y;
          if ((at(flow, word) & (rest & -rest)) === 0) queue[tail++] = z;
          else tail = this.#goBack(z, v, tail);
        }
      }
      // The far half of a vertex on a path leads to its near half, against the flow.
      const bit = 1 << (y & 31);
      if ((at(flow, y >>> 5) & bit) !== 0 && (at(near, y >>> 5) & bit) === 0) {
        near[y >>> 5] = at(near, y >>> 5) | bit;
        this.#nearFrom[y] = -1;
        tail = this.#goBack(y, v, tail);
      }
    }
    return false;
  }

  /** From the near half of z, which is on a path, to the far half of the vertex before it. */
  #goBack(z: number, v: number, tail: number): number {
    const before = at(this.#toward, z);
    if (before === v) return tail;
    const word = before >>> 5;
    const bit = 1 << (before & 31);
    if ((at(this.#far, word) & bit) !== 0) return tail;
    this.#far[word] = at(this.#far, word) | bit;
    this.#farFrom[before] = z;
    this.#queue[tail] = before;
    return tail + 1;
  }

  /** Puts the path found, which ends y – end, into the flow. */
  #reroute(v: number, y: number, end: number): void {
    const far = this.#far;
    const flow = this.#flow;
    const toward = this.#toward;
    toward[end] = y;
    flow[end >>> 5] = at(flow, end >>> 5) | (1 << (end & 31));
    let current = y;
    while (current !== v) {
      let entered = current;
      while ((at(far, current >>> 5) & (1 << (current & 31))) !== 0) {
        entered = at(this.#farFrom, current);
        if (at(this.#nearFrom, entered) !== -1) break;
        flow[entered >>> 5] = at(flow, entered >>> 5) & ~(1 << (entered & 31));
        current = entered;
      }
      const before = at(this.#nearFrom, entered);
      toward[entered] = before;
      flow[entered >>> 5] = at(flow, entered >>> 5) | (1 << (entered & 31));
      current = before;
    }
  }
}
