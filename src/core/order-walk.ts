/**
 * Walking along an elimination order of a large graph, and the graphs that lie ahead: what is left
 * to be decided about the vertices that go next, as a small graph of its own.
 *
 * The graph after a set of vertices has been eliminated does not depend on their order (where edges
 * carry states, nearly so: docs/architecture.md). So what a run of vertices costs is decided by
 * their own order and by nothing else: eliminating them costs the same in the small graph of these
 * vertices, their neighbours and the edges at them.
 */
import type { CostedGraph } from '../cost/types.ts';
import { position } from '../graph/build.ts';
import { scalarPartial, variable } from '../graph/partial.ts';
import type { Edge, Graph, Position, Vertex, VertexKind } from '../graph/types.ts';
import { outOfMemory } from './algebra-tables.ts';
import type { LoadedGraph } from './anneal.ts';
import { stopReasons } from './instance.ts';

/** A small graph that lies ahead. */
export interface LocalGraph {
  readonly costed: CostedGraph;
  /** The vertices that are to be eliminated, as its own positions, in the order asked for. */
  readonly order: readonly Position[];
  /**
   * Those of the large graph that lack predecessors or successors: they cost nothing and are not in
   * the small graph. It is no loss to eliminate them first.
   */
  readonly free: readonly Position[];
  /** The vertex of the large graph at one of its own positions. */
  originOf(place: Position): Position;
}

/** Edges of a local graph: more are not worth looking at as a whole. */
const mostLocalEdges = 20_000;
/** Neighbours written in one call. */
const neighbourRoom = 0x40000;
/** Vertices eliminated in one call. */
const verticesACall = 4096;

const partial = scalarPartial(variable);

/** Edges as the core writes them: from, to, state. */
interface LocalEdge {
  readonly from: Position;
  readonly to: Position;
  readonly state: number;
}

/** Edges that are left when some vertices, which cost nothing, have gone; outputs stay as targets. */
function withoutVertices(
  edges: readonly LocalEdge[],
  gone: ReadonlySet<Position>,
  isOutput: (vertex: Position) => boolean,
): readonly LocalEdge[] {
  return edges.filter(({ from, to }) => !gone.has(from) && (!gone.has(to) || isOutput(to)));
}

/** One walk along orders of one graph. */
export class OrderWalk {
  readonly #loaded: LoadedGraph;
  readonly #costed: CostedGraph;
  readonly #isOutput: (vertex: Position) => boolean;
  /** Order (u32), costs (f64), neighbours (u32) or edges (3 × u32). */
  readonly #orderAt: number;
  readonly #costsAt: number;
  #neighboursAt: number;
  #room = neighbourRoom;
  /** What has been eliminated, to walk there again after a stop. */
  #done: Position[] = [];

  /** Takes the loaded graph over; it is kept as lists. */
  constructor(loaded: LoadedGraph, costed: CostedGraph) {
    this.#loaded = loaded;
    this.#costed = costed;
    this.#isOutput = (vertex) => costed.graph.vertices[vertex]?.kind === 'output';
    this.#orderAt = this.#allocate(4 * verticesACall);
    this.#costsAt = this.#allocate(8 * verticesACall);
    this.#neighboursAt = this.#allocate(4 * this.#room);
    this.restart();
  }

  get graph(): Graph {
    return this.#costed.graph;
  }

  /** Nothing is eliminated any more. */
  restart(): void {
    this.#done = [];
    this.#loaded.core.startWalk(this.#loaded.pointer);
  }

  /**
   * Eliminates the next vertices; returns what that costs.
   * @param onVertex is told of each, before it goes, which neighbours are still to be eliminated;
   *   one may be named twice
   */
  advance(
    vertices: readonly Position[],
    onVertex?: (vertex: Position, neighbours: Uint32Array) => void,
  ): number {
    let total = 0;
    for (let start = 0; start < vertices.length;) {
      const { done, cost } = this.#advanceSome(
        vertices.slice(start, start + verticesACall),
        onVertex,
      );
      total += cost;
      start += done;
    }
    return total;
  }

  #advanceSome(
    vertices: readonly Position[],
    onVertex: ((vertex: Position, neighbours: Uint32Array) => void) | undefined,
  ): { readonly done: number; readonly cost: number } {
    const { core, pointer } = this.#loaded;
    new Uint32Array(core.memory.buffer, this.#orderAt, vertices.length).set(vertices);
    const room = onVertex === undefined ? 0 : this.#room;
    const done = core.walk(
      pointer,
      this.#orderAt,
      vertices.length,
      this.#costsAt,
      this.#neighboursAt,
      room,
    );
    let cost = 0;
    for (const one of new Float64Array(core.memory.buffer, this.#costsAt, done)) cost += one;
    let at = this.#neighboursAt;
    for (let place = 0; place < done; place += 1) {
      const vertex = vertices[place] ?? position(0);
      this.#done.push(vertex);
      if (onVertex === undefined) continue;
      const [count = 0] = new Uint32Array(core.memory.buffer, at, 1);
      onVertex(vertex, new Uint32Array(core.memory.buffer, at + 4, count));
      at += 4 * (count + 1);
    }
    if (done < vertices.length) {
      if (core.stopReason(pointer) !== stopReasons.none) this.#goOnAfterStop();
      else if (done === 0) this.#makeRoom();
    }
    return { done, cost };
  }

  /** A stop leaves an elimination half done: the way is walked again. */
  #goOnAfterStop(): void {
    this.#loaded.resolveStop();
    const done = this.#done;
    this.restart();
    this.advance(done);
  }

  #makeRoom(): void {
    this.#loaded.core.release(this.#neighboursAt);
    this.#room *= 2;
    this.#neighboursAt = this.#allocate(4 * this.#room);
  }

  /** The small graph of vertices that go next; nothing where it is not small. */
  localGraph(vertices: readonly Position[]): LocalGraph | undefined {
    const { core, pointer } = this.#loaded;
    if (vertices.length > verticesACall || this.#room < 3 * mostLocalEdges) return undefined;
    new Uint32Array(core.memory.buffer, this.#orderAt, vertices.length).set(vertices);
    const count = core.localEdges(
      pointer,
      this.#orderAt,
      vertices.length,
      this.#neighboursAt,
      mostLocalEdges,
    );
    if (count > mostLocalEdges) return undefined;
    const words = new Uint32Array(core.memory.buffer, this.#neighboursAt, 3 * count);
    return this.#build(vertices, words);
  }

  #build(vertices: readonly Position[], words: Uint32Array): LocalGraph {
    let left: readonly LocalEdge[] = Array.from({ length: words.length / 3 }, (_, index) => {
      const [from = 0, to = 0, state = 0] = words.subarray(3 * index, 3 * index + 3);
      return { from: position(from), to: position(to), state };
    });
    // What costs nothing goes first, and what costs nothing then.
    const free = new Set<Position>();
    for (let before = -1; before < free.size;) {
      before = free.size;
      const hasIn = new Set(left.map(({ to }) => to));
      const hasOut = new Set(left.map(({ from }) => from));
      for (const vertex of vertices) {
        if (!hasIn.has(vertex) || !hasOut.has(vertex)) free.add(vertex);
      }
      left = withoutVertices(left, free, this.#isOutput);
    }
    const own = new Set(vertices.filter((vertex) => !free.has(vertex)));
    const all = new Set(own);
    for (const { from, to } of left) all.add(from).add(to);
    // Ascending positions are a topological order.
    const origins = [...all].sort((a, b) => a - b);
    const places = new Map(origins.map((origin, place) => [origin, position(place)]));
    const placeOf = (vertex: Position): Position => places.get(vertex) ?? position(0);
    const edges = left.map(({ from, to }): Edge => ({
      from: placeOf(from),
      to: placeOf(to),
      partial,
    }));
    const states = left.map(({ state }) => state);
    // What is not to be eliminated is an input here, also where edges lead to it.
    const kindOf = (origin: Position): VertexKind =>
      own.has(origin) ? (this.#isOutput(origin) ? 'output' : 'intermediate') : 'input';
    const graph: Graph = {
      name: this.#costed.graph.name,
      vertices: origins.map((origin): Vertex => ({ id: origin, kind: kindOf(origin), shape: [] })),
      edges,
      inputs: [],
      outputs: [],
    };
    return {
      costed: { graph, algebra: this.#costed.algebra, states },
      order: [...own].map(placeOf),
      free: [...free],
      originOf: (place) => {
        const origin = origins[place];
        if (origin === undefined) throw new Error(`a small graph has no vertex ${place}`);
        return origin;
      },
    };
  }

  dispose(): void {
    const { core } = this.#loaded;
    for (const at of [this.#orderAt, this.#costsAt, this.#neighboursAt]) core.release(at);
    this.#loaded.dispose();
  }

  #allocate(bytes: number): number {
    const at = this.#loaded.core.allocate(bytes) >>> 0;
    if (at === 0) throw outOfMemory();
    return at;
  }
}
