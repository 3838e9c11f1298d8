/**
 * A generated graph as a subject: FAMILY-VERTICES or FAMILY-VERTICES-SEED, such as `stencil-5000` and
 * `random-program-1000-7`; the seed is 0 where it is left out. `generate` writes the same graph.
 */
import { UserError } from '../support/user-error.ts';
import { graphFamilies, graphOfFamily } from './families/families.ts';
import { once } from '../support/once.ts';
import type { GraphSubject } from './types.ts';

/** Larger graphs belong in files: they are made once, and not by every command. */
const mostVertices = 100_000;

/**
 * The graph of a name, made when it is first asked for.
 * @returns `undefined` where the name is none of a family's
 * @throws UserError generated-size
 */
export function familySubject(text: string): GraphSubject | undefined {
  const [, name, size = '', seed = '0'] = /^([a-z-]+?)-(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const family = graphFamilies.find((one) => one.name === name);
  if (family === undefined) return undefined;
  const vertices = Number(size);
  if (vertices < family.leastVertices || vertices > mostVertices) {
    throw new UserError({
      code: 'generated-size',
      message:
        `${family.name} by name has from ${family.leastVertices} to ${mostVertices} vertices, ` +
        `not ${size}; write larger ones to a file with \`crosscountry generate\``,
    });
  }
  const graph = once(() => graphOfFamily(family.make(vertices, Number(seed))));
  return { kind: 'graph', name: text, granularity: 'tensor', file: text, generated: true, graph };
}
