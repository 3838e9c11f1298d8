/** The graphs of a task: as the paper's program builds it, and of the function itself. */
import { lineariseWithCodes } from '../../src/cost/paper/encode.ts';
import { shareDeadVertices } from '../../src/graph/transforms.ts';
import type { Graph } from '../../src/graph/types.ts';
import { taskNamed } from '../../tasks/tasks.ts';

/** Both graphs of a task; they differ where equations are dead. */
export function taskGraphs(name: string): { readonly peer: Graph; readonly true: Graph } {
  const task = taskNamed(name);
  const { graph } = lineariseWithCodes(task.program());
  return {
    true: graph,
    peer: task.peerSharesDeadVertices === true ? shareDeadVertices(graph) : graph,
  };
}
