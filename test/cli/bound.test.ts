import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

import { executable, inProcess, withFiles } from './run.ts';

interface BoundDocument {
  readonly format: string;
  readonly version: number;
  readonly subject: string;
  readonly cost: string;
  readonly lower: number;
  readonly upper: number;
  readonly proved: boolean;
  readonly method: string;
  readonly seconds: number;
}

async function bound(...argv: readonly string[]): Promise<BoundDocument> {
  const { code, stdout, stderr } = await inProcess('bound', ...argv, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as BoundDocument;
}

/** x → 1 → 2 → y and a way around 1: the least count is 2. */
const chain = JSON.stringify({
  format: 'crosscountry/graph',
  version: 1,
  name: 'chain',
  vertices: [{ id: 'x' }, { id: 1 }, { id: 2 }, { id: 'y' }],
  edges: [
    { from: 'x', to: 1 },
    { from: 'x', to: 2 },
    { from: 1, to: 2 },
    { from: 2, to: 'y' },
  ],
});

describe('crosscountry bound', () => {
  it.each([
    ['HumanHeartDipole', 148],
    ['PropaneCombustion', 88],
    ['RobotArm_6DOF', 221],
  ])('proves the optimum of %s', async (subject, optimum) => {
    const document = await bound(subject, '--cost', 'pairs');
    expect(document).toMatchObject({
      format: 'crosscountry/bound',
      version: 1,
      subject,
      cost: 'pairs',
      lower: optimum,
      upper: optimum,
      proved: true,
    });
    expect(document.seconds).toBeLessThan(10);
  });

  it.each([
    ['HumanHeartDipole', 48],
    ['PropaneCombustion', 24],
  ])('proves the optimum of %s where ±1 is free', async (subject, optimum) => {
    const document = await bound(subject, '--cost', 'multiplications', '--time', '60s');
    expect(document).toMatchObject({ lower: optimum, upper: optimum, proved: true });
  });

  it('counts a scalar graph without copies under paper as under pairs', async () => {
    expect(await bound('RobotArm_6DOF')).toMatchObject({ cost: 'paper', lower: 221, proved: true });
  });

  it('gives bounds on both sides of the optimum of g where time is short', async () => {
    const document = await bound('g', '--cost', 'pairs', '--time', '2s');
    expect(document.lower).toBeGreaterThan(300);
    expect(document.lower).toBeLessThanOrEqual(409);
    expect(document.upper).toBeGreaterThanOrEqual(409);
    expect(document.proved).toBe(document.lower === document.upper);
  });

  it('prints what was proved, and the named orders beside it', async () => {
    const { code, stdout } = await inProcess('bound', 'RobotArm_6DOF', '--cost', 'pairs');
    expect(code).toBe(0);
    expect(stdout).toMatch(/no order counts less than 221, proved/);
    expect(stdout).toMatch(/markowitz-high +221 +optimal/);
    expect(stdout).toMatch(/published +231 +\+4\.5 %/);
  });

  it('proves graph files, and writes results that verify checks and edits do not survive', async () => {
    await withFiles({ 'chain.json': chain }, async (path) => {
      const result = path('result.json');
      const { code } = await inProcess(
        'bound',
        path('chain.json'),
        '--cost',
        'pairs',
        '--out',
        result,
        '--quiet',
      );
      expect(code).toBe(0);
      expect((await inProcess('verify', result)).code).toBe(0);
      const text = await readFile(result, 'utf8');
      expect(JSON.parse(text)).toMatchObject({ count: 2, bound: { lower: 2, proved: true } });
      await writeFile(result, text.replace(/"lower": 2/, '"lower": 1'));
      expect((await inProcess('verify', result)).code).toBe(1);
    });
  });

  it('refuses the cost model that its bounds do not hold for, with what to do', async () => {
    const { code, stderr } = await inProcess('bound', 'g', '--cost', 'compiled');
    expect(code).toBe(2);
    expect(stderr).toMatch(/use --cost multiplications/);
  });

  it.each(['paper', 'multiplications', 'flops'])(
    'bounds a tensor task under %s, in a file that verify checks and an edit breaks',
    async (cost) => {
      await withFiles({}, async (path) => {
        const file = path('bound.json');
        const { code, stdout } = await inProcess(
          ...['bound', 'Perceptron', '--cost', cost, '--evaluations', '2000'],
          ...['--out', file, '--json'],
        );
        expect(code).toBe(0);
        const { lower, upper } = JSON.parse(stdout) as { lower: number; upper: number };
        expect(lower).toBeGreaterThan(0);
        expect(lower).toBeLessThanOrEqual(upper);
        expect((await inProcess('verify', file)).code).toBe(0);
        const result = JSON.parse(await readFile(file, 'utf8')) as {
          bound: { lower: number; proof: { parts: { lower: number; rootBound: number }[] } };
        };
        result.bound.lower += 1;
        for (const part of result.bound.proof.parts) part.rootBound += 1;
        await writeFile(file, JSON.stringify(result));
        const edited = await inProcess('verify', file);
        expect(edited.code).toBe(1);
        expect(edited.stdout).toContain('its groups prove');
      });
    },
  );

  it('ends a proof with the bounds so far on Ctrl-C', async () => {
    const program = spawn(process.execPath, [
      executable,
      ...['bound', 'g', '--cost', 'pairs', '--time', '10m', '--json'],
    ]);
    let stdout = '';
    program.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    setTimeout(() => program.kill('SIGINT'), 5000);
    const code = await new Promise((done) => program.on('close', done));
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as BoundDocument;
    expect(document.proved).toBe(false);
    expect(document.lower).toBeGreaterThan(250);
  });
});
