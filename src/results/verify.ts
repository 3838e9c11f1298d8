/**
 * Verification: everything that a reader would otherwise have to believe. A result's order is
 * parsed again, counted again and accumulated again; nothing of the file is trusted.
 */
import { costModelNamed } from '../cost/models.ts';
import type { CostModel } from '../cost/types.ts';
import { graphHash } from '../graph/canonical.ts';
import { readGraph } from '../graph/file.ts';
import { orderIds, parseOrder } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { loadSubject } from '../subject/load.ts';
import type { FunctionSubject, Subject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';
import { checkProof } from './bound-record.ts';
import { counterOf, publishedFigure } from './count.ts';
import { checkJacobian } from './jacobian-check.ts';
import { orderNameProblems } from './named-order-check.ts';
import { findOrder } from './orders.ts';
import type { ResultFile } from './types.ts';

/** What verifying one result found. */
export interface ResultVerification {
  /** Empty where everything holds. */
  readonly problems: readonly string[];
  /** Whether a Jacobian was compared: an embedded graph has no function to differentiate. */
  readonly jacobian: boolean;
  /** Whether the searches of its proof were run again; absent where it has none. */
  readonly replayed?: boolean;
}

/**
 * Verifies a result: cost model and subject are known, graph hash, legal order, the order's name where
 * a heuristic has it, count, bound not above the count, the bound's own record, and the accumulated Jacobian against an independent one.
 * With `replay` the searches of a proof are run again, as long as that may take.
 * @param file where the result is from, for messages
 */
export async function verifyResult(
  result: ResultFile,
  file: string,
  replay = false,
): Promise<ResultVerification> {
  const problems: string[] = [];
  const attempt = async <T>(step: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error.at === undefined ? error.message : `${error.message} (${error.at})`);
      return undefined;
    }
  };
  const model = await attempt(() => costModelNamed(result.cost));
  const subject = await attempt(() => subjectOf(result, file));
  if (model === undefined || subject === undefined) return { problems, jacobian: false };
  const graph = subject.graph(model);
  const hash = graphHash(graph);
  if (hash !== result.graphHash) {
    problems.push(`the graph's hash is ${hash}, not ${result.graphHash}: another graph was counted`);
  }
  const order = await attempt(() => parseOrder(graph, result.order));
  if (order === undefined) return { problems, jacobian: false };
  const count = await attempt(() => countOf(subject, model, order));
  if (count !== undefined && count !== result.count) {
    problems.push(`the order counts ${count}, not ${result.count}`);
  }
  const { strategy, seed } = result;
  const claim = { name: strategy.name, seed, order: result.order };
  problems.push(...orderNameProblems(subject, model, claim), ...curveProblems(result));
  const { bound } = result;
  if (bound !== undefined && bound.lower > result.count) {
    problems.push(`the lower bound ${bound.lower} is above the count ${result.count}`);
  }
  if (bound?.proved === true && bound.lower !== result.count) {
    problems.push(`the bound ${bound.lower} proves nothing about the count ${result.count}`);
  }
  if (bound !== undefined && bound.proof === undefined) {
    problems.push(`the bound ${bound.lower} has no record to check it by`);
  }
  if (bound?.proof !== undefined) {
    const again = await attempt(() => checkProof(graph, model, bound, replay));
    problems.push(...(again ?? []));
  }
  const isSearched = bound?.proof?.parts.some(({ budgets }) => budgets.length > 0) === true;
  const searches = isSearched ? { replayed: replay } : {};
  if (subject.kind === 'graph') return { problems, jacobian: false, ...searches };
  const check = await attempt(() => checkJacobian(subject, result.order));
  if (check !== undefined) problems.push(...check.problems);
  return { problems, jacobian: check !== undefined && check.points > 0, ...searches };
}

/** A search's curve can't be checked without searching again, but it has to fit its result. */
function curveProblems({ curve, count, evaluations }: ResultFile): readonly string[] {
  const last = curve?.at(-1);
  if (curve === undefined || last === undefined) return [];
  const problems: string[] = [];
  if (last.count !== count) problems.push(`the curve ends at ${last.count}, not ${count}`);
  if (last.evaluations > evaluations) {
    problems.push(`the curve has ${last.evaluations} evaluations, the search ${evaluations}`);
  }
  const rises = curve.some((point, index) => {
    const before = curve[index - 1];
    return (
      before !== undefined &&
      (point.evaluations < before.evaluations || point.count >= before.count)
    );
  });
  if (rises) problems.push('the curve does not fall from point to point');
  return problems;
}

function countOf(subject: Subject, model: CostModel, order: EliminationOrder): number {
  const counter = counterOf(subject, model);
  try {
    return counter.count(order).count;
  } finally {
    counter.dispose();
  }
}

/** Tasks that were met before: a folder has many results of each. */
const tasksMet = new Map<string, Promise<Subject>>();

/** A result's own graph where it has one, else the task it names; never a file of the same name. */
export async function subjectOf(
  result: Pick<ResultFile, 'graph' | 'granularity' | 'subject'>,
  file: string,
): Promise<Subject> {
  if (result.graph !== undefined) {
    const graph = readGraph(JSON.stringify(result.graph), file);
    const { granularity, subject: name } = result;
    return { kind: 'graph', name, granularity, file, graph: () => graph };
  }
  if (/\.(json|m?[jt]s)$/i.test(result.subject)) {
    throw new UserError({
      code: 'result-no-graph',
      message: 'the subject is no task, and the result does not embed its graph',
      at: 'graph',
    });
  }
  const { subject, granularity } = result;
  const key = `${granularity} ${subject}`;
  const met = tasksMet.get(key) ?? loadSubject(subject, granularity);
  tasksMet.set(key, met);
  return met;
}

/** What verifying one task's published facts found. */
export interface TaskVerification {
  readonly task: string;
  readonly problems: readonly string[];
  /** The orders whose Jacobians were compared. */
  readonly orders: readonly string[];
  /** Largest relative difference between accumulated and independent Jacobian. */
  readonly worst: number;
  /** Points compared for each order. */
  readonly points: number;
  /** Counted under `paper`, by the published order. */
  readonly count?: number;
  /** As the paper prints it. */
  readonly published?: number;
}

/**
 * Verifies a task: the published order is legal and counts what the paper prints, and the Jacobian
 * accumulated in forward, reverse, Markowitz and published order equals the independent one.
 */
export async function verifyTask(subject: FunctionSubject): Promise<TaskVerification> {
  const model = costModelNamed('paper');
  const graph = subject.graph(model);
  const problems: string[] = [];
  const hasPublished = subject.task?.publishedOrder !== undefined;
  const names = ['forward', 'reverse', 'markowitz', ...(hasPublished ? ['published'] : [])];
  let worst = 0;
  let points = 0;
  let count: number | undefined;
  const compared: string[] = [];
  for (const name of names) {
    try {
      const { order } = await findOrder(subject, name, { model, seed: 0 });
      if (name === 'published') {
        count = countOf(subject, model, order);
        const figure = publishedFigure(subject, model.name, name);
        if (figure !== undefined && figure !== count) {
          problems.push(`the published order counts ${count}, the paper prints ${figure}`);
        }
      }
      const check = checkJacobian(subject, orderIds(graph, order));
      worst = Math.max(worst, check.worst);
      points = check.points;
      problems.push(...check.problems.map((problem) => `${name}: ${problem}`));
      compared.push(name);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(`${name}: ${error.message}`);
    }
  }
  const published = publishedFigure(subject, model.name, 'published');
  return {
    task: subject.name,
    problems,
    orders: compared,
    worst,
    points,
    ...(count === undefined ? {} : { count }),
    ...(published === undefined ? {} : { published }),
  };
}
