/** Graphs that policies are tried on. */
import { costModelNamed } from '../../src/cost/models.ts';
import type { CostedGraph } from '../../src/cost/types.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { oddGraph } from '../core/support.ts';

const paper = costModelNamed('paper');

/** A task under the cost model `paper`. */
export function costedTask(name: string): CostedGraph {
  return paper.prepare(taskSubject(taskNamed(name)).graph(paper));
}

/** A small graph by chance, under the cost model `pairs`. */
export function costedOddGraph(seed: number, intermediates = 12): CostedGraph {
  return costModelNamed('pairs').prepare(oddGraph(seed, { intermediates }));
}
