/**
 * Safe pre-elimination: eliminates vertices of a scalar graph where that provably keeps an optimal
 * order under the count `pairs` (every pair of in-edge and out-edge costs 1). To a fixpoint,
 * O((V + E) · eliminations) at worst; only the simplest of the known rules.
 *
 * Write OPT(G) for the least cost of an elimination order, and recall that after eliminating a set E
 * there is an edge a → b exactly where a path a → b runs through E only (an eliminated output passes
 * paths on and still counts as an end of its own).
 *
 * Rule 0. v has no in-edge, or no out-edge: cost 0 now. By the path property its elimination only
 * takes edges away from G, so every other vertex costs at most what it costs without.
 * After rule 0 no longer applies, every eliminable vertex lies on a path from an input to an output,
 * so it costs at least 1 in every order.
 *
 * Rule 1. v is an intermediate with the single in-edge p → v, p an input, and a single out-edge
 * v → s. It costs 1, the least possible. Move v to the front of any order: for a vertex u eliminated
 * before v in it, v can have been a predecessor of u but, since p is never eliminated, no
 * successor. Now p stands in for v among the predecessors of u: not one more. After v's old turn the
 * two orders have the same graph. So nobody pays more. The mirror image: the single out-edge goes to
 * an output without out-edges, and the single in-edge comes from any p.
 *
 * Rule 2. v → s, both intermediates, is the only out-edge of v and the only in-edge of s. Until the
 * later of the two is eliminated, the rest of the graph sees one vertex only (whichever is left has
 * the predecessors of v and the successors of s), so an order of G costs what it costs in G with v
 * and s merged, s at the later turn, plus the price of the earlier: at least 1. So if v has one
 * in-edge, eliminating v first (cost 1) keeps an optimum; if s has one out-edge, eliminating s first.
 */
import { UserError } from '../support/user-error.ts';
import { position } from './build.ts';
import { printId } from './topological.ts';
import { addCoefficients, isScalarShape, multiplyCoefficients, numberPartial } from './partial.ts';
import { keepVertices } from './transforms.ts';
import type { Coefficient, Edge, Graph, PaperCode, Position, VertexId } from './types.ts';

/** A graph after safe eliminations. OPT of the original = OPT of `graph` + `cost`. */
export interface PreElimination {
  /** Without the eliminated intermediates; an eliminated output stays, without out-edges. */
  readonly graph: Graph;
  /** In the order of their elimination: followed by an order of `graph`, an order of the original. */
  readonly eliminated: readonly VertexId[];
  /** Multiplications paid, under `pairs`. */
  readonly cost: number;
}

/**
 * Applies the rules.
 * @throws UserError graph-tensor where a vertex is a tensor: the rules are for scalar graphs.
 */
export function preEliminate(graph: Graph): PreElimination {
  const tensor = graph.vertices.find(({ shape }) => !isScalarShape(shape));
  if (tensor !== undefined) {
    throw new UserError({
      code: 'graph-tensor',
      message:
        `vertex ${printId(tensor.id)} has shape [${tensor.shape.join(', ')}]; ` +
        'safe pre-elimination is for scalar graphs, leave it out',
    });
  }
  const state = new State(graph);
  const eliminated: Position[] = [];
  let cost = 0;
  for (let next = state.find(); next !== undefined; next = state.find()) {
    cost += state.eliminate(next);
    eliminated.push(next);
  }
  const gone = new Set(eliminated);
  const kept = keepVertices(
    { ...graph, edges: state.edges() },
    (place, { kind }) => kind !== 'intermediate' || !gone.has(place),
  );
  const ids = eliminated.flatMap((place) => {
    const vertex = graph.vertices[place];
    return vertex === undefined ? [] : [vertex.id];
  });
  return { graph: kept, eliminated: ids, cost };
}

interface Link {
  readonly coefficient: Coefficient;
  readonly paper: PaperCode | undefined;
}

const copyCode = -1;

/** The graph while vertices go. */
class State {
  readonly #graph: Graph;
  readonly #ins = new Map<Position, Map<Position, Link>>();
  readonly #outs = new Map<Position, Map<Position, Link>>();
  readonly #waiting = new Set<Position>();

  constructor(graph: Graph) {
    this.#graph = graph;
    graph.vertices.forEach((_, index) => {
      this.#ins.set(position(index), new Map());
      this.#outs.set(position(index), new Map());
    });
    for (const { from, to, partial, paper } of graph.edges) {
      this.#connect(from, to, { coefficient: partial.coefficient, paper });
    }
    graph.vertices.forEach((_, index) => {
      const place = position(index);
      if (this.#isIntermediate(place)) this.#waiting.add(place);
      if (this.#isOutput(place) && this.#outgoing(place).size > 0) this.#waiting.add(place);
    });
  }

  /** A vertex that a rule allows; the rules 1 and 2 only where rule 0 has none. */
  find(): Position | undefined {
    const free = this.#first((v) => this.#incoming(v).size === 0 || this.#outgoing(v).size === 0);
    return free ?? this.#first((v) => this.#isIntermediate(v) && this.#cheap(v));
  }

  #first(allows: (place: Position) => boolean): Position | undefined {
    for (const place of this.#waiting) if (allows(place)) return place;
    return undefined;
  }

  /** Rules 1 and 2: one in-edge p → v and one out-edge v → s. */
  #cheap(v: Position): boolean {
    const [p, morePredecessors] = this.#incoming(v).keys();
    const [s, moreSuccessors] = this.#outgoing(v).keys();
    if (p === undefined || s === undefined) return false;
    if (morePredecessors !== undefined || moreSuccessors !== undefined) return false;
    const startsAtInput = this.#graph.vertices[p]?.kind === 'input';
    const endsAtOutput = this.#isOutput(s) && this.#outgoing(s).size === 0;
    const chainAfter = this.#isIntermediate(s) && this.#incoming(s).size === 1;
    const chainBefore = this.#isIntermediate(p) && this.#outgoing(p).size === 1;
    return startsAtInput || endsAtOutput || chainAfter || chainBefore;
  }

  /** Eliminates and says what it cost. */
  eliminate(v: Position): number {
    const ins = [...this.#incoming(v)];
    const outs = [...this.#outgoing(v)];
    for (const [s, out] of outs) {
      for (const [p, into] of ins) this.#connect(p, s, multiply(into, out));
      this.#incoming(s).delete(v);
    }
    this.#outgoing(v).clear();
    if (!this.#isOutput(v)) {
      for (const [p] of ins) this.#outgoing(p).delete(v);
      this.#incoming(v).clear();
    }
    this.#waiting.delete(v);
    return ins.length * outs.length;
  }

  edges(): readonly Edge[] {
    return [...this.#ins].flatMap(([to, links]) =>
      [...links].map(([from, { coefficient, paper }]): Edge => {
        const shape = (place: Position): readonly number[] =>
          this.#graph.vertices[place]?.shape ?? [];
        const edge = { from, to, partial: numberPartial(shape(to), shape(from), coefficient) };
        return paper === undefined ? edge : { ...edge, paper };
      }),
    );
  }

  #connect(from: Position, to: Position, link: Link): void {
    const earlier = this.#outgoing(from).get(to);
    const sum = earlier === undefined ? link : add(earlier, link);
    this.#outgoing(from).set(to, sum);
    this.#incoming(to).set(from, sum);
  }

  #incoming(place: Position): Map<Position, Link> {
    return this.#neighbours(this.#ins, place);
  }

  #outgoing(place: Position): Map<Position, Link> {
    return this.#neighbours(this.#outs, place);
  }

  #neighbours(
    side: ReadonlyMap<Position, Map<Position, Link>>,
    place: Position,
  ): Map<Position, Link> {
    const found = side.get(place);
    if (found === undefined) throw new Error(`no vertex at position ${place}`);
    return found;
  }

  #isIntermediate(place: Position): boolean {
    return this.#graph.vertices[place]?.kind === 'intermediate';
  }

  #isOutput(place: Position): boolean {
    return this.#graph.vertices[place]?.kind === 'output';
  }
}

/** A copy of a copy is a copy; any other product is a general number. */
function multiply(a: Link, b: Link): Link {
  return {
    coefficient: multiplyCoefficients(a.coefficient, b.coefficient),
    paper: bothCopies(a, b),
  };
}

function add(a: Link, b: Link): Link {
  return { coefficient: addCoefficients(a.coefficient, b.coefficient), paper: bothCopies(a, b) };
}

function bothCopies(a: Link, b: Link): PaperCode | undefined {
  return a.paper?.[0] === copyCode && b.paper?.[0] === copyCode ? a.paper : undefined;
}
