/**
 * The group dynamic programme of scalar graphs (group-table.ts) with the prices of tensor graphs. For
 * a group A, B ⊂ A and v ∈ A∖B let c(v, B) be the least price of v where B has gone, A∖B∖v is there and
 * all others are open (least-tensor-price.ts). An order that eliminates the members of A in some order
 * among others pays at v at least c(v, B), B being the members before it, whatever the states of edges
 * have become by then. So with g(∅) = 0 and g(B) = min over v in B of g(B∖v) + c(v, B∖v) the members
 * pay at least g(A), and disjoint groups together at least the sum.
 */
import { standing, type TensorPrices } from './least-tensor-price.ts';

/** Computes bounds of groups of one graph; keeps what it has met. */
export class TensorGroups {
  readonly #prices: TensorPrices;
  readonly #vertices: number;
  readonly #known = new Map<string, number>();
  #priced = 0;
  readonly #concerned = new Map<number, ReadonlySet<number>>();

  /** @param vertices of the graph, how many */
  constructor(prices: TensorPrices, vertices: number) {
    this.#prices = prices;
    this.#vertices = vertices;
  }

  /** Prices computed so far: what takes the time. */
  get priced(): number {
    return this.#priced;
  }

  /** g(A): what the members pay at least. At most 2^|A| · |A| prices. */
  bound(group: readonly number[]): number {
    const sorted = group.toSorted((a, b) => a - b);
    const key = sorted.join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const bound = this.#programme(sorted);
    this.#known.set(key, bound);
    return bound;
  }

  /** Whether it matters to the price of one of two vertices what has become of the other. */
  concerns(u: number, w: number): boolean {
    return this.#concernedBy(u).has(w) || this.#concernedBy(w).has(u);
  }

  #concernedBy(v: number): ReadonlySet<number> {
    const known = this.#concerned.get(v) ?? this.#prices.concerned(v);
    this.#concerned.set(v, known);
    return known;
  }

  #programme(group: readonly number[]): number {
    const prices = group.map((v, own) => this.#pricer(group, v, own));
    const table = new Float64Array(2 ** group.length).fill(Infinity);
    table[0] = 0;
    for (let set = 0; set < table.length; set += 1) {
      const sum = table[set] ?? Infinity;
      prices.forEach((price, own) => {
        const larger = set | (1 << own);
        if (larger === set) return;
        table[larger] = Math.min(table[larger] ?? Infinity, sum + price(set));
      });
    }
    return table.at(-1) ?? 0;
  }

  /** c(v, ·), each once for the members that have an influence. */
  #pricer(group: readonly number[], v: number, own: number): (set: number) => number {
    const concerned = this.#concernedBy(v);
    const mask = group.reduce(
      (bits, vertex, member) => bits | (member !== own && concerned.has(vertex) ? 1 << member : 0),
      0,
    );
    const found = new Map<number, number>();
    const known = new Uint8Array(this.#vertices);
    return (set) => {
      const seen = set & mask;
      const price = found.get(seen);
      if (price !== undefined) return price;
      group.forEach((vertex, member) => {
        known[vertex] = (seen & (1 << member)) === 0 ? standing.there : standing.gone;
      });
      this.#priced += 1;
      const least = this.#prices.least(v, known);
      found.set(seen, least);
      return least;
    };
  }
}
