/**
 * Runs the restarts of a search, on this thread and on others beside it. This thread works from the
 * first moment; the others join in when they have started.
 */
import { breathe } from '../support/breathe.ts';
import { createRunner } from './restart-runners.ts';
import {
  RestartQueue,
  type RestartResult,
  type RestartRunner,
  type RestartSearch,
} from './restarts.ts';

async function runHere(queue: RestartQueue, runner: RestartRunner): Promise<void> {
  for (let plan = queue.take(); plan !== undefined; plan = queue.take()) {
    const { index } = plan;
    const result = await runner.run(plan, {
      pause: async () => {
        await breathe();
        return queue.isCancelled(index);
      },
      report: (evaluations, best) => {
        queue.report(index, evaluations, best);
      },
    });
    queue.finish(result);
    await breathe();
  }
}

/**
 * Runs all restarts that the budget allows.
 * @returns their results in any order; those of restarts that were cut short among them
 * @throws UserError where the graph is beyond the runner
 */
export async function runRestarts(search: RestartSearch): Promise<readonly RestartResult[]> {
  const queue = new RestartQueue(search);
  // Made first: what it refuses, it refuses before any thread is started.
  const runner = createRunner(search.runner, search.setting);
  const others = Math.min(search.threads, search.restarts) - 1;
  try {
    if (others <= 0) {
      await runHere(queue, runner);
    } else {
      const { runOnThreads } = await import('./restart-threads.ts');
      await runOnThreads(search, queue, others, () => runHere(queue, runner));
    }
  } finally {
    runner.dispose();
  }
  return queue.results;
}
