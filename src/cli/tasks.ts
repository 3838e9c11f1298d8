/** `crosscountry tasks`: what there is to count. */
import { tasks } from '../../tasks/tasks.ts';
import { costModelNamed } from '../cost/models.ts';
import { taskSubject } from '../subject/task-subject.ts';
import { coloursOf, printDocument, table } from './print.ts';
import type { Verb } from './verb.ts';

/** The verb. */
export const tasksVerb: Verb = {
  positionals: '',
  arity: [0, 0],
  summary: 'Lists the tasks: name, source, and vertices as the paper counts them.',
  options: {},
  examples: [['crosscountry tasks', 'the tasks of the paper and a few more']],
  run: (given, io) => {
    const model = costModelNamed('paper');
    const rows = tasks.map((task) => {
      const graph = taskSubject(task).graph(model);
      return {
        name: task.name,
        suite: task.suite,
        source: task.source,
        inputs: graph.inputs.length,
        outputs: new Set(graph.outputs).size,
        intermediates: graph.vertices.filter(({ kind }) => kind === 'intermediate').length,
        edges: graph.edges.length,
      };
    });
    if (given.flag('json')) {
      printDocument(io, 'tasks', { tasks: rows });
      return Promise.resolve(0);
    }
    const { bold, dim } = coloursOf(io);
    const names = Math.max(...rows.map(({ name }) => name.length));
    const numbers = 40;
    const text = table(
      [
        { title: 'task', align: 'left' },
        { title: 'inputs', align: 'right' },
        { title: 'vertices', align: 'right' },
        { title: 'outputs', align: 'right' },
        { title: 'edges', align: 'right' },
        { title: 'source', align: 'left', width: Math.max(24, io.columns - names - numbers) },
      ],
      rows.map((row) => [
        { text: row.name, style: bold },
        { text: String(row.inputs) },
        { text: String(row.intermediates) },
        { text: String(row.outputs) },
        { text: String(row.edges) },
        { text: row.source, style: dim },
      ]),
      given.flag('quiet') ? undefined : bold,
    );
    io.stdout(text);
    return Promise.resolve(0);
  },
};
