/** What a command works on: a task, a user's module, or a graph without a function (of a file or a family). */
import type { Task } from '../../tasks/types.ts';
import type { CostModel } from '../cost/types.ts';
import type { Graph } from '../graph/types.ts';
import type { Linearisation } from '../graph/linearise.ts';
import type { Program, Tensor } from '../program/types.ts';

/** What a vertex of the counted graph is: a tensor, or one element. */
export type Granularity = 'tensor' | 'scalar';

interface SubjectBase {
  readonly name: string;
  readonly granularity: Granularity;
  /** The graph that a model counts. Linearised once, when first asked for. */
  graph(model: CostModel): Graph;
}

/** A subject with a function behind it: it can be evaluated, accumulated and checked. */
export interface FunctionSubject extends SubjectBase {
  readonly kind: 'task' | 'module';
  /** Of a task only. */
  readonly task?: Task;
  /** Of a module only: the path as it was given. */
  readonly file?: string;
  /** Traced once, when first asked for. */
  program(): Program;
  /**
   * The program linearised, unrolled to scalars before where the granularity is `scalar`; its graph
   * is the graph of the function.
   */
  linearisation(): Linearisation;
  /** A point in the domain, one tensor an input. */
  readonly sample?: readonly Tensor[];
}

/** A graph without a function: it can be counted and exported, not evaluated. */
export interface GraphSubject extends SubjectBase {
  readonly kind: 'graph';
  /** Where it is from: the file, or the name of one that is generated. */
  readonly file: string;
  /** Whether a family makes it of its name alone, so that nobody has to keep it. */
  readonly generated?: boolean;
}

/** What a command works on. */
export type Subject = FunctionSubject | GraphSubject;
