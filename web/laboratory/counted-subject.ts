/** A task under a cost model, with its orders: what every question of the page is about. */
import { taskNamed } from '../../tasks/tasks.ts';
import { costModelNamed } from '../../src/cost/models.ts';
import type { CostModel } from '../../src/cost/types.ts';
import { graphHash } from '../../src/graph/canonical.ts';
import type { Graph, Position } from '../../src/graph/types.ts';
import { eliminableVertices, orderIds, parseOrder } from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { bestOf, matches } from '../../src/results/best.ts';
import { type Counter, counterOf, publishedFigure } from '../../src/results/count.ts';
import { hasPublishedOrder, namedOrder } from '../../src/results/named-orders.ts';
import { resultOfCount, resultOfSearch } from '../../src/results/record.ts';
import type { BoundRecord, Origin, ResultFile } from '../../src/results/types.ts';
import { anneal } from '../../src/search/strategies/anneal.ts';
import type { SearchOutcome } from '../../src/search/strategy.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import type { FunctionSubject } from '../../src/subject/types.ts';
import { UserError } from '../../src/support/user-error.ts';
import type { Counted, OpenedSubject, OrderCount, OrderName } from '../protocol.ts';
import { layeredLayout } from './layered-layout.ts';

/** The heuristics that stand beside the others, with what the page calls them. */
const heuristicLabels: readonly (readonly [name: OrderName, label: string])[] = [
  ['forward', 'Forward'],
  ['reverse', 'Reverse'],
  ['markowitz', 'Markowitz'],
];

/** An annealing that has ended. */
interface Annealed {
  readonly outcome: SearchOutcome;
  readonly seed: number;
}

const subjects = new Map<string, FunctionSubject>();

/** The subject of a task; traced once. */
function subjectNamed(name: string): FunctionSubject {
  const known = subjects.get(name);
  if (known !== undefined) return known;
  const subject = taskSubject(taskNamed(name));
  subjects.set(name, subject);
  return subject;
}

/** A task under a cost model. */
export class CountedSubject {
  readonly subject: FunctionSubject;
  readonly model: CostModel;
  readonly graph: Graph;
  readonly #counter: Counter;
  readonly #stored: ResultFile | undefined;
  readonly #orders = new Map<OrderName, EliminationOrder>();
  #annealed: Annealed | undefined;

  /**
   * @param results the stored ones of the task
   * @throws UserError where the model cannot count the task
   */
  constructor({ task, cost }: Counted, results: readonly ResultFile[]) {
    this.subject = subjectNamed(task);
    this.model = costModelNamed(cost);
    this.graph = this.subject.graph(this.model);
    this.#counter = counterOf(this.subject, this.model);
    const query = {
      ...{ subject: task, cost, granularity: 'tensor' as const },
      graphHash: graphHash(this.graph),
    };
    this.#stored = bestOf(results.filter((result) => matches(result, query)));
  }

  /** An order by its name; computed once, but for `annealed`, which the last annealing found. */
  order(name: OrderName): EliminationOrder {
    if (name === 'annealed') {
      if (this.#annealed !== undefined) return this.#annealed.outcome.order;
      throw new UserError({ code: 'order-not-annealed', message: 'nothing is annealed yet' });
    }
    const known = this.#orders.get(name);
    if (known !== undefined) return known;
    const order = this.#find(name);
    this.#orders.set(name, order);
    return order;
  }

  #find(name: OrderName): EliminationOrder {
    if (name === 'best') {
      if (this.#stored !== undefined) return parseOrder(this.graph, this.#stored.order);
      throw new UserError({
        code: 'order-no-best',
        message: `no result is stored for ${this.subject.name} under ${this.model.name}`,
      });
    }
    const found = namedOrder(this.subject, name, { model: this.model, seed: 0 });
    if (found !== undefined) return found.order;
    throw new UserError({ code: 'unknown-name', message: `there is no order ${name}` });
  }

  /** The same as an order of the function's own graph, which is what is compiled. */
  functionOrder(name: OrderName): EliminationOrder {
    return parseOrder(this.subject.linearisation().graph, orderIds(this.graph, this.order(name)));
  }

  #count(name: OrderName, label: string): OrderCount {
    const { count } = this.#counter.count(this.order(name));
    const printed = publishedFigure(this.subject, this.model.name, name);
    return { name, label, count, printed };
  }

  /** The stored lower bound of the count. */
  get bound(): Omit<BoundRecord, 'proof'> | undefined {
    const bound = this.#stored?.bound;
    if (bound === undefined) return undefined;
    const { lower, proved, method } = bound;
    return { lower, proved, method };
  }

  /** Counts, layout, bound. */
  open(): OpenedSubject {
    const { graph, subject, model } = this;
    const { places, routes, along, across } = layeredLayout(graph);
    const eliminable = new Set(eliminableVertices(graph));
    const orders = [
      ...heuristicLabels.map(([name, label]) => this.#count(name, label)),
      ...(hasPublishedOrder(subject) ? [this.#count('published', 'Published')] : []),
      ...(this.#stored === undefined ? [] : [this.#count('best', 'Best known')]),
      ...(this.#annealed === undefined ? [] : [this.annealedCount()]),
    ];
    return {
      task: subject.name,
      cost: model.name,
      source: subject.task?.source ?? '',
      edges: routes,
      vertices: graph.vertices.map(({ id, kind, op, shape }, vertex) => ({
        id: String(id),
        kind,
        operation: op,
        shape,
        ...(places[vertex] ?? { along: 0, across: 0 }),
        eliminable: eliminable.has(vertex as Position),
      })),
      along,
      across,
      orders,
      bound: this.bound,
    };
  }

  /** Keeps what an annealing found, unless an earlier one found better. */
  keep(outcome: SearchOutcome, seed: number): void {
    const earlier = this.#annealed?.outcome.count ?? Infinity;
    if (outcome.count <= earlier) this.#annealed = { outcome, seed };
  }

  /** The count of what annealing found. */
  annealedCount(): OrderCount {
    return this.#count('annealed', 'Annealed here');
  }

  /** The result file of an order: the stored one as it is, or one found here and now. */
  result(name: OrderName, origin: Origin): ResultFile {
    if (name === 'best' && this.#stored !== undefined) return this.#stored;
    if (name === 'annealed' && this.#annealed !== undefined) {
      const { outcome, seed } = this.#annealed;
      return resultOfSearch(this.subject, this.model, { strategy: anneal, seed, outcome }, origin);
    }
    const began = performance.now();
    const order = this.order(name);
    const { count } = this.#counter.count(order);
    return resultOfCount(
      this.subject,
      this.model,
      {
        row: {
          subject: this.subject.name,
          cost: this.model.name,
          granularity: 'tensor',
          order: name,
          count,
        },
        ids: orderIds(this.graph, order),
        seed: null,
        seconds: (performance.now() - began) / 1000,
      },
      origin,
    );
  }
}
