/** Counting orders of a subject: one load into the core, one number an order. */
import { countNumbered } from '../accumulate/value-numbering.ts';
import { compiled } from '../cost/compiled.ts';
import { wasmEngine } from '../core/wasm.ts';
import type { CostModel } from '../cost/types.ts';
import type { VertexId } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import { loadInterned } from '../compiled/load.ts';
import { internedSubject } from '../subject/interned.ts';
import { elementElimination } from '../subject/granularity.ts';
import type { FunctionSubject, Granularity, Subject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';
import { namingFile } from './naming-file.ts';

/** One counted order. */
export interface CountRow {
  readonly subject: string;
  readonly cost: string;
  readonly granularity: Granularity;
  /** The name asked for. */
  readonly order: string;
  readonly count: number;
  /** There where equal values were one and equal products were paid once. */
  readonly valueNumbering?: true;
  /** The figure that the paper prints. */
  readonly published?: number;
  /** Why that is not the count, where it is not. */
  readonly note?: string;
  /** Cost of each elimination, where asked for. */
  readonly steps?: readonly number[];
}

/** A row with what a result file needs beside it. */
export interface CountedOrder {
  readonly row: CountRow;
  readonly ids: readonly VertexId[];
  readonly seed: number | null;
  readonly seconds: number;
}

/** The figure that the paper prints for an order, of tensors and under its own cost model. */
export function publishedFigure(subject: Subject, cost: string, order: string): number | undefined {
  if (subject.kind !== 'task' || cost !== 'paper') return undefined;
  if (subject.granularity === 'scalar') return undefined;
  const figures = new Map<string, unknown>(Object.entries(subject.task?.publishedFigures ?? {}));
  const figure = figures.get(order);
  return typeof figure === 'number' ? figure : undefined;
}

/** Something that counts orders of one subject. */
export interface Counter {
  count(order: EliminationOrder): {
    readonly count: number;
    readonly steps: () => readonly number[];
  };
  dispose(): void;
}

/**
 * Counts orders under a cost model.
 * @throws UserError where the model or the core refuses the subject
 */
export function counterOf(subject: Subject, model: CostModel): Counter {
  return model === compiled ? compiledCounter(subject) : plainCounter(subject, model);
}

function compiledCounter(subject: Subject): Counter {
  const own = internedSubject(subject);
  const handle = loadInterned(own.interned);
  return {
    count: (order) => {
      const count = handle.count([own.elements(order)])[0];
      if (count === undefined) throw new Error('the core counted nothing');
      return {
        count,
        steps: () => {
          throw new UserError({
            code: 'compiled-no-steps',
            message:
              'under the cost model compiled an order has no costs by elimination, because what ' +
              'one elimination makes another may share; leave --steps out',
          });
        },
      };
    },
    dispose: () => {
      handle.dispose();
    },
  };
}

function plainCounter(subject: Subject, model: CostModel): Counter {
  const handle = namingFile(subject, () => wasmEngine.load(model.prepare(subject.graph(model))));
  return {
    count: (order) => {
      const count = handle.count([order])[0];
      if (count === undefined) throw new Error('the core counted nothing');
      return { count, steps: () => [...handle.steps(order)] };
    },
    dispose: () => {
      handle.dispose();
    },
  };
}

/**
 * Counts element by element, equal values as one and equal products once.
 * @throws UserError `subject-no-function`
 */
export function numberedCounter(subject: Subject): Counter {
  if (subject.kind === 'graph') {
    throw new UserError({
      code: 'subject-no-function',
      message:
        'a graph file does not say which partials are equal, so there is nothing to number; ' +
        'name a task or a module',
      file: subject.file,
    });
  }
  const { linearisation, groups } = elementElimination(subject);
  return {
    count: (order) => {
      const { count, steps } = countNumbered(linearisation, groups(order));
      return { count, steps: () => steps };
    },
    dispose: () => undefined,
  };
}

/**
 * A subject that has a function.
 * @throws UserError `subject-no-function` for a graph file.
 */
export function requireFunction(subject: Subject): FunctionSubject {
  if (subject.kind !== 'graph') return subject;
  throw new UserError({
    code: 'subject-no-function',
    message: 'a graph file has no function to evaluate; name a task or a module',
    file: subject.file,
  });
}
