/** SUBJECT on the command line: a task's name, a generated graph, a graph file or an ES module. */
import { existsSync } from 'node:fs';
import { extname } from 'node:path';

import { tasks } from '../../tasks/tasks.ts';
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import { familySubject } from './family-subject.ts';
import { scalarSubject } from './granularity.ts';
import { taskSubject } from './task-subject.ts';
import type { Granularity, Subject } from './types.ts';

const moduleExtensions: readonly string[] = ['.js', '.mjs', '.ts', '.mts'];

/**
 * Loads a subject. What is read from files is loaded only where a file is named: tasks start fast.
 * @param text a task's name, a generated graph's such as `stencil-5000`, a path ending in `.json`, or one ending in `.js`, `.mjs` or `.ts`
 * @param granularity whether a vertex is a tensor or one element
 * @throws UserError `unknown-name` with a suggestion, or what is wrong with the file;
 * `granularity-no-function`, at once or when its graph is asked for.
 */
export async function loadSubject(
  text: string,
  granularity: Granularity = 'tensor',
): Promise<Subject> {
  const subject = await loadTensorSubject(text);
  if (granularity === 'tensor') return subject;
  return scalarSubject(subject);
}

async function loadTensorSubject(text: string): Promise<Subject> {
  const task = tasks.find(({ name }) => name === text);
  if (task !== undefined) return taskSubject(task);
  const extension = extname(text).toLowerCase();
  if (extension === '.json') {
    const { loadGraphSubject } = await import('./graph-subject.ts');
    return loadGraphSubject(text);
  }
  if (moduleExtensions.includes(extension)) {
    const { loadModuleSubject } = await import('./module-subject.ts');
    return loadModuleSubject(text);
  }
  const generated = familySubject(text);
  if (generated !== undefined) return generated;
  if (text !== '' && existsSync(text)) {
    throw new UserError({
      code: 'unknown-subject-file',
      message: 'a subject file has to end in .json (a graph) or in .js, .mjs or .ts (a module)',
      file: text,
    });
  }
  throw new UserError({
    code: 'unknown-name',
    message: `there is no task ${JSON.stringify(text)}.${suggestion(
      text,
      tasks.map(({ name }) => name),
    )} (\`crosscountry tasks\` lists them; a graph file ends in .json, a module in .js, .mjs or .ts)`,
  });
}
