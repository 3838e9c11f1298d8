/** The answers to the page's questions. */
import { tasks } from '../../tasks/tasks.ts';
import type { TimingOutcome } from '../../src/bench/suite.ts';
import { eliminationHistory } from '../../src/core/fill-in.ts';
import { costModels } from '../../src/cost/models.ts';
import { graphHash } from '../../src/graph/canonical.ts';
import { orderIds } from '../../src/order/orders.ts';
import { jsonText } from '../../src/results/json-text.ts';
import { resultPath } from '../../src/results/result-path.ts';
import { parseDocument, parseResult } from '../../src/results/schema.ts';
import { timingDocument, timingFile, timingPath } from '../../src/results/timings.ts';
import { anneal } from '../../src/search/strategies/anneal.ts';
import { UserError } from '../../src/support/user-error.ts';
import type { AnnealNews, Counted, FoundOrder, Question, Questions } from '../protocol.ts';
import { CountedSubject } from './counted-subject.ts';
import { type PackageData, pageOrigin } from './package-data.ts';
import { timers } from './timers.ts';

/** What answers one question. */
export type Answerer<Kind extends Question> = (
  given: Questions[Kind]['given'],
  context: {
    readonly signal: AbortSignal;
    readonly tell: (news: Questions[Kind]['news']) => void;
  },
) => Promise<Questions[Kind]['answer']>;

/** One for each question. */
export type Answerers = { readonly [Kind in Question]: Answerer<Kind> };

/** Of the points and of the order of rounds. */
const timingSeed = 0;

/** Milliseconds between two pieces of news of an annealing. */
const newsEvery = 50;

/** Files are saved under the last part of their path in a store. */
function fileName(subject: string, path: string): string {
  return `${subject}-${path.slice(path.lastIndexOf('/') + 1)}`;
}

/** The graphics adapter that took part, where one did. */
function adapterOf({ rows }: TimingOutcome): string | undefined {
  return rows
    .filter((row) => row.state === 'timed')
    .map(({ device }) => device?.adapter)
    .find((adapter) => adapter !== undefined);
}

/** Answerers that remember what was opened and found. */
export function createAnswerers({ package: own, ...data }: PackageData): Answerers {
  const opened = new Map<string, CountedSubject>();
  const subjectOf = ({ task, cost }: Counted): CountedSubject => {
    const key = `${task} ${cost}`;
    const known = opened.get(key) ?? new CountedSubject({ task, cost }, data.results(task));
    opened.set(key, known);
    return known;
  };
  return {
    catalogue: () =>
      Promise.resolve({
        tasks: tasks.map(({ name, suite, source }) => ({ name, suite, source })),
        costs: costModels.map(({ name, summary }) => ({ name, summary })),
        version: own.version,
      }),
    timers: () =>
      Promise.all(
        timers.map(async (timer) => ({
          key: timer.key,
          label: timer.label,
          missing: await timer.missing(),
        })),
      ),
    open: (given) => Promise.resolve(subjectOf(given).open()),
    play: (given) => {
      const subject = subjectOf(given);
      const costed = subject.model.prepare(subject.graph);
      return Promise.resolve(eliminationHistory(costed, subject.order(given.order)));
    },
    anneal: async (given, { signal, tell }) => {
      const subject = subjectOf(given);
      const { graph, model } = subject;
      const { seconds, seed } = given;
      let found: FoundOrder[] = [];
      let told = -Infinity;
      const hear = (news: Omit<AnnealNews, 'found'>): void => {
        if (performance.now() - told < newsEvery && news.share < 1) return;
        told = performance.now();
        tell({ ...news, found });
        found = [];
      };
      const outcome = await anneal.run({
        ...{ graph, model, seed, signal },
        budget: { kind: 'time', seconds },
        threads: 1,
        parameters: new Map(),
        onImprovement: ({ count, seconds: since }) => {
          found.push({ count, seconds: since });
        },
        onProgress: hear,
      });
      tell({ share: 1, evaluations: outcome.evaluations, found });
      subject.keep(outcome, seed);
      return {
        order: subject.annealedCount(),
        seconds: outcome.seconds,
        evaluations: outcome.evaluations,
      };
    },
    result: (given) => {
      const result = subjectOf(given).result(given.order, pageOrigin(own, new Date()));
      const path = resultPath(result);
      const text = jsonText(result);
      // What is saved is what can be read again.
      parseResult(JSON.parse(text), path);
      return Promise.resolve({ name: fileName(result.subject, path), text });
    },
    time: async (given, { signal, tell }) => {
      const timer = timers.find(({ key }) => key === given.timer);
      if (timer === undefined) {
        throw new UserError({ code: 'unknown-name', message: `there is no timer ${given.timer}` });
      }
      const counted = subjectOf(given);
      const { subject } = counted;
      const orders = given.orders.map((name) => ({ name, order: counted.functionOrder(name) }));
      const form = 'compact' as const;
      const setting = { form, values: false, seed: timingSeed };
      const outcome = await timer.time({
        ...setting,
        subject: { subject, orders },
        batch: given.batch,
        signal,
        onProgress: tell,
      });
      const { graph } = subject.linearisation();
      const origin = pageOrigin(own, new Date(), adapterOf(outcome));
      const document = timingDocument(
        {
          ...setting,
          subject: subject.name,
          graphHash: graphHash(graph),
          orders: Object.fromEntries(
            orders.map(({ name, order }) => [name, orderIds(graph, order)]),
          ),
          rounds: outcome.rounds,
          rows: [...outcome.rows],
          warnings: outcome.warnings,
        },
        { ...origin, machine: { ...origin.machine, flags: [] } },
      );
      const path = timingPath(document);
      const text = jsonText(document);
      parseDocument(timingFile, JSON.parse(text), path, 'timing file');
      return { outcome, file: { name: fileName(subject.name, path), text } };
    },
  };
}
