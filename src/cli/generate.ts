/** `crosscountry generate`: graph files of large graphs, from a seed. */
import { graphFileText } from '../graph/file.ts';
import { writeWhole } from '../results/store.ts';
import { familyVertices, graphFamilies, graphFamilyNamed } from '../subject/families/families.ts';
import type { FamilyEdge, FamilyGraph } from '../subject/families/types.ts';
import type { ListedEdge } from '../graph/file-edges.ts';
import { printDocument } from './print.ts';
import { usageError, type Verb } from './verb.ts';

/** Vertices that a graph file may have (docs/large-graphs.md). */
const mostVertices = 1_000_000;

const familyHelp = graphFamilies.map(({ name, summary }) => `  ${name}: ${summary}`).join('\n');

/** The verb. */
export const generateVerb: Verb = {
  positionals: 'FAMILY',
  arity: [1, 1],
  summary: `Makes a graph file of a family of large graphs:\n${familyHelp}`,
  options: {
    vertices: {
      type: 'text',
      value: 'N',
      describe: 'about how many vertices, at most so many (the family knows)',
    },
    seed: { type: 'text', value: 'N', describe: 'seed of what is random in the family (0)' },
    out: { type: 'text', value: 'FILE', describe: 'write there (standard output)' },
  },
  examples: [
    ['crosscountry generate stencil --out stencil.json', 'a million vertices'],
    ['crosscountry generate random-sparse --vertices 20000 --seed 7 --out graph.json', 'a seed'],
    ['crosscountry count graph.json --order markowitz', 'what such a file is for'],
  ],
  run: async (given, io) => {
    const family = graphFamilyNamed(given.positionals[0] ?? '');
    const vertices = given.integer('vertices', family.standardVertices);
    if (vertices < family.leastVertices || vertices > mostVertices) {
      throw usageError(
        `--vertices of ${family.name} has to be from ${family.leastVertices} to ${mostVertices}, not ${vertices}`,
      );
    }
    const out = given.text('out');
    if (given.flag('json') && out === undefined) {
      throw usageError('with --json, say where the graph goes with --out FILE');
    }
    const seed = given.integer('seed', 0);
    const graph = family.make(vertices, seed);
    const tally: Tally = { vertices: 0, edges: 0 };
    const text = fileText(graph, tally);
    if (out !== undefined) await writeWhole(out, text);
    else for (const piece of text) io.stdout(piece);
    if (given.flag('json')) {
      printDocument(io, 'generated', {
        family: family.name,
        name: graph.name,
        seed,
        ...tally,
        file: out,
      });
    } else if (!given.flag('quiet')) {
      const what = `${tally.vertices} vertices, ${tally.edges} edges`;
      io.stderr(out === undefined ? `${what}\n` : `wrote ${out}: ${what}\n`);
    }
    return 0;
  },
};

/** What has been written so far. */
interface Tally {
  vertices: number;
  edges: number;
}

function* counted<T>(items: Iterable<T>, count: () => void): Iterable<T> {
  for (const item of items) {
    count();
    yield item;
  }
}

function* listedEdges(edges: Iterable<FamilyEdge>): Iterable<ListedEdge> {
  for (const { from, to, partial } of edges) yield { from: { id: from }, to: { id: to }, partial };
}

function fileText(graph: FamilyGraph, tally: Tally): Iterable<string> {
  return graphFileText({
    name: graph.name,
    vertices: counted(familyVertices(graph), () => {
      tally.vertices += 1;
    }),
    edges: counted(listedEdges(graph.edges()), () => {
      tally.edges += 1;
    }),
  });
}
