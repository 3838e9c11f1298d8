import { describe, expect, it } from 'vitest';
import { taskNamed } from '../../tasks/tasks.ts';
import { goldenEquations, paperTasks, programEquations, readGolden, valueName } from './golden.ts';

describe.each(paperTasks)('the traced %s', (name) => {
  const golden = readGolden(name);
  const task = taskNamed(name);
  const program = task.program();

  it('is the golden equation list, equation by equation', () => {
    expect(programEquations(program)).toEqual(goldenEquations(golden));
  });

  it('has the golden inputs and outputs in their order', () => {
    expect(program.inputs.map((_, index) => valueName(program, index))).toEqual(golden.inputs);
    const inputs = golden.vertices.filter(({ prim }) => prim === 'input');
    expect(program.inputs.map(({ type }) => type.shape)).toEqual(inputs.map(({ shape }) => shape));
    const outputs = program.outputs.map(({ operand }) =>
      operand.kind === 'value' ? valueName(program, operand.id) : operand,
    );
    expect(outputs).toEqual(golden.outputs);
  });

  it('carries the published order and the figures that the paper prints', () => {
    const { fwd, rev, markowitz, published } = golden.orders;
    expect(task.publishedOrder).toEqual(published.order);
    expect(task.publishedFigures).toEqual({
      forward: fwd.published_figure,
      reverse: rev.published_figure,
      markowitz: markowitz.published_figure,
      published: published.published_figure,
    });
  });
});
