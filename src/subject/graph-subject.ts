/** A graph file as a subject. */
import { readGraphValue } from '../graph/file.ts';
import { readJson } from './read-file.ts';
import type { GraphSubject } from './types.ts';

/**
 * Reads a graph file of any size.
 * @throws UserError where the file can't be read or is no graph.
 */
export async function loadGraphSubject(file: string): Promise<GraphSubject> {
  const graph = readGraphValue(await readJson(file), file);
  return { kind: 'graph', name: graph.name, granularity: 'tensor', file, graph: () => graph };
}
