/** The page's end of the wire to its laboratory. */
import type { FromLaboratory, Question, Questions, ToLaboratory } from '../protocol.ts';

/** The worker's whole code: a page that is opened as a file may not load a worker from another. */
declare const crosscountryLaboratory: string;

/** What can be asked of the laboratory, and stopped. */
export interface Laboratory {
  /**
   * Asks.
   * @param hear is told what comes before the answer
   * @param signal ends it early: the answer is then what it has by then
   * @throws LaboratoryError where it can't be answered
   */
  ask<Kind extends Question>(
    question: Kind,
    given: Questions[Kind]['given'],
    hear?: (news: Questions[Kind]['news']) => void,
    signal?: AbortSignal,
  ): Promise<Questions[Kind]['answer']>;
}

/** Why a question has no answer, in one line. */
export class LaboratoryError extends Error {
  override readonly name = 'LaboratoryError';
}

interface Waiting {
  hear(news: unknown): void;
  answer(value: unknown): void;
  fail(error: Error): void;
}

/** Starts the worker. */
export function startLaboratory(): Laboratory {
  const url = URL.createObjectURL(new Blob([crosscountryLaboratory], { type: 'text/javascript' }));
  const worker = new Worker(url, { name: 'laboratory' });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  worker.onmessage = ({ data }: MessageEvent<FromLaboratory>) => {
    const one = waiting.get(data.number);
    switch (data.kind) {
      case 'news':
        one?.hear(data.news);
        return;
      case 'answer':
        one?.answer(data.answer);
        break;
      case 'failed': {
        const { message, isFault } = data.error;
        one?.fail(new LaboratoryError(isFault ? `a fault of this page: ${message}` : message));
      }
    }
    waiting.delete(data.number);
  };
  worker.onerror = ({ message }) => {
    for (const one of waiting.values()) {
      one.fail(new LaboratoryError(`the worker has ended: ${message}; load the page again`));
    }
    waiting.clear();
  };
  return {
    ask: (question, given, hear, signal) =>
      new Promise((resolve, reject) => {
        asked += 1;
        const number = asked;
        // The worker answers a question with what the protocol says is its answer.
        waiting.set(number, {
          hear: hear as Waiting['hear'],
          answer: resolve,
          fail: reject,
        });
        worker.postMessage({ kind: 'ask', number, question, given });
        signal?.addEventListener('abort', () => {
          worker.postMessage({ kind: 'stop', number } satisfies ToLaboratory);
        });
      }),
  };
}
