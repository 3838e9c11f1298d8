/** A graph file as a subject. */
import { readGraph } from '../graph/file.ts';
import { readText } from './read-file.ts';
import type { GraphSubject } from './types.ts';

/**
 * Reads a graph file.
 * @throws UserError where the file can't be read or is no graph.
 */
export async function loadGraphSubject(file: string): Promise<GraphSubject> {
  const graph = readGraph(await readText(file), file);
  return { kind: 'graph', name: graph.name, granularity: 'tensor', file, graph: () => graph };
}
