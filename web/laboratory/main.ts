/** The worker: hears questions, and answers them; several may be under way. */
import type { FromLaboratory, Question, ToLaboratory } from '../protocol.ts';
import { createAnswerers } from './answers.ts';
import { errorText } from './errors.ts';
import { packageData } from './package-data.ts';

// The DOM's types take the global of a page; this is the one of a worker.
const port = globalThis as unknown as {
  postMessage(message: FromLaboratory): void;
  onmessage: ((event: { readonly data: ToLaboratory }) => void) | null;
};

const answerers = createAnswerers(packageData());
const underWay = new Map<number, AbortController>();

async function answer<Kind extends Question>(
  number: number,
  question: Kind,
  given: Extract<ToLaboratory, { question: Kind }>['given'],
): Promise<void> {
  const controller = new AbortController();
  underWay.set(number, controller);
  // That news and answers belong to the question, the types of the answerers say.
  const say = (message: object): void => {
    port.postMessage({ number, question, ...message } as FromLaboratory);
  };
  try {
    const context = {
      signal: controller.signal,
      tell: (news: unknown) => {
        say({ kind: 'news', news });
      },
    };
    say({ kind: 'answer', answer: await answerers[question](given, context) });
  } catch (error) {
    port.postMessage({ kind: 'failed', number, error: errorText(error) });
  } finally {
    underWay.delete(number);
  }
}

port.onmessage = ({ data }) => {
  if (data.kind === 'stop') underWay.get(data.number)?.abort();
  else void answer(data.number, data.question, data.given);
};
