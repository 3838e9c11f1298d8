import { readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { costModelNamed } from '../../src/cost/models.ts';
import { loadSubject } from '../../src/subject/load.ts';

describe('loadSubject', () => {
  it('knows a task by its name and traces it once', async () => {
    const subject = await loadSubject('RoeFlux_1d');
    if (subject.kind === 'graph') throw new Error('a task is no graph file');
    expect(subject.program()).toBe(subject.program());
    expect(subject.linearisation()).toBe(subject.linearisation());
    const graph = subject.graph(costModelNamed('paper'));
    expect(graph).toBe(subject.graph(costModelNamed('paper')));
    expect(graph.inputs).toHaveLength(6);
    expect(subject.sample?.map(({ shape }) => shape)).toEqual(
      subject.program().inputs.map(({ type }) => type.shape),
    );
  });

  it('shares dead vertices only in the graph that the peer counts', async () => {
    const file = new URL('../golden/data/BlackScholes_Jacobian.json', import.meta.url);
    const golden = JSON.parse(await readFile(file, 'utf8')) as {
      readonly num_edges: number;
      readonly edges_only_in_true_graph: readonly (readonly [string, string])[];
    };
    const subject = await loadSubject('BlackScholes_Jacobian');
    const edges = (model: string): string[] => {
      const graph = subject.graph(costModelNamed(model));
      return graph.edges.map(({ from, to }) =>
        [from, to].map((place) => `v${graph.vertices[place]?.id ?? '?'}`).join(' '),
      );
    };
    const own = golden.edges_only_in_true_graph.map((ends) => ends.join(' '));
    expect(own).not.toEqual([]);
    expect(edges('paper')).toHaveLength(golden.num_edges);
    expect(edges('paper').filter((edge) => own.includes(edge))).toEqual([]);
    expect(edges('multiplications')).toEqual(expect.arrayContaining(own));
  });

  it('makes a task that is a derivative from the derivative of its function', async () => {
    const subject = await loadSubject('BlackScholes_Greeks');
    if (subject.kind === 'graph') throw new Error('a task is no graph file');
    const { inputs, outputs } = subject.program();
    expect(subject.program().name).toBe('BlackScholes_Greeks');
    expect(outputs).toHaveLength(inputs.length);
  });

  it('names what is near a name that nothing has', async () => {
    await expect(loadSubject('RobotArm6DOF')).rejects.toMatchObject({
      code: 'unknown-name',
      message: expect.stringContaining('Did you mean "RobotArm_6DOF"') as unknown,
    });
    await expect(loadSubject('package')).rejects.toMatchObject({ code: 'unknown-name' });
    await expect(loadSubject('LICENSE')).rejects.toMatchObject({ code: 'unknown-subject-file' });
  });
});
