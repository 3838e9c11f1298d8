/** `--optimise` on the command line. */
import { describe, expect, it } from 'vitest';
import { inProcess as run } from './run.ts';

const operators = (source: string): number => source.match(/[*/+-] /g)?.length ?? 0;

async function exported(...options: string[]): Promise<string> {
  const { stdout, code } = await run('export', 'HumanHeartDipole', '--to', 'js', ...options);
  expect(code).toBe(0);
  return stdout;
}

describe('export --optimise', () => {
  it('writes a module with fewer operations and the same results', async () => {
    const plain = await exported();
    const optimised = await exported('--optimise', '300ms');
    expect(operators(optimised)).toBeLessThan(operators(plain));
    const load = async (source: string) =>
      (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
        inputs: string[];
        point(...inputs: number[]): number[];
      };
    const [before, after] = [await load(plain), await load(optimised)];
    const point = before.inputs.map((_, index) => 0.3 + 0.1 * index);
    const expected = before.point(...point);
    after.point(...point).forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index] ?? NaN, 10);
    });
  });

  it('changes nothing for 0', async () => {
    expect(await exported('--optimise', '0')).toBe(await exported());
  });

  it('says what is wrong with a time, and with tensors', async () => {
    const wrong = await run('export', 'g', '--to', 'js', '--optimise', 'long');
    expect(wrong.stderr).toContain('--optimise has to be a time');
    const tensors = await run('export', 'Perceptron', '--to', 'js', '--optimise', '1s');
    expect(tensors.code).not.toBe(0);
    expect(tensors.stderr).toContain('--granularity scalar');
  });
});
