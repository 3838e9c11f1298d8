import { readFile, writeFile } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inProcess } from './run.ts';

/** Runs a command in this process. */
const run = (words: readonly string[]) => inProcess(...words);

const folder = mkdtempSync(join(tmpdir(), 'crosscountry-train-'));
const file = (name: string): string => join(folder, name);
const short = ['--parameter', 'simulations=4', 'gradient-steps=1'];

describe('train and play', () => {
  it('train, stopped and resumed, writes the file of an unbroken run', async () => {
    const unbroken = await run([
      ...['train', 'PropaneCombustion', '--episodes', '4', '--seed', '2'],
      ...['--out', file('a.json'), ...short, '--json', '--quiet'],
    ]);
    expect(unbroken.code).toBe(0);
    const { curve, found } = JSON.parse(unbroken.stdout) as {
      curve: unknown[];
      found: { subject: string; count: number; others: { order: string; count: number }[] }[];
    };
    expect(curve).toHaveLength(4);
    expect(found[0]?.subject).toBe('PropaneCombustion');
    // 88 is the optimum.
    expect(found[0]?.others).toContainEqual({ order: 'anneal', count: 88 });
    expect(found[0]?.others.map(({ order }) => order)).toContain('markowitz');
    await run([
      ...['train', 'PropaneCombustion', '--episodes', '2', '--seed', '2'],
      ...['--out', file('b.json'), ...short, '--quiet'],
    ]);
    const rest = await run(['train', '--resume', file('b.json'), '--episodes', '4', '--quiet']);
    expect(rest.code).toBe(0);
    expect(await readFile(file('b.json'), 'utf8')).toBe(await readFile(file('a.json'), 'utf8'));
  });

  it('export writes the network of a policy as an ONNX model', async () => {
    await run([
      ...['train', 'PropaneCombustion', '--episodes', '1', '--out', file('d.json')],
      ...[...short, '--quiet'],
    ]);
    const words = ['--to', 'onnx', '--policy', file('d.json'), '--out', file('d.onnx')];
    expect((await run(['export', 'g', ...words])).code).toBe(0);
    // Field 1 of a model is the format's version, 8.
    expect([...(await readFile(file('d.onnx'))).subarray(0, 2)]).toEqual([0x08, 0x08]);
  });

  it('play lets the policy play another graph', async () => {
    await run([
      ...['train', 'PropaneCombustion', '--episodes', '1', '--out', file('c.json')],
      ...[...short, '--quiet'],
    ]);
    const played = await run(['play', 'HumanHeartDipole', '--policy', file('c.json'), '--json']);
    expect(played.code).toBe(0);
    const { count, order } = JSON.parse(played.stdout) as { count: number; order: unknown[] };
    expect(order).toHaveLength(78);
    expect(count).toBeGreaterThanOrEqual(148);
  });

  it.each([
    [['train'], 'name a subject'],
    [['train', 'g', '--cost', 'compiled'], 'under compiled'],
    [['train', 'g', '--config', 'alphgrad'], 'Did you mean "alphagrad"'],
    [['train', '--resume', file('bad.json'), '--config', 'alphagrad'], '--config is in the file'],
    [['export', 'g', '--to', 'onnx', '--out', file('g.onnx')], '--policy FILE'],
    [['play', 'g', '--policy', './generalist'], 'no such file'],
    [['play', 'g', '--policy', file('bad.json')], 'no policy file'],
    [['train', '--resume', file('bad.json')], 'no policy file'],
    [['train', 'g', '--resume', file('bad.json')], 'leave them out'],
    [['train', 'g', '--parameter', 'simulation=4'], 'Did you mean'],
  ])('refuses %j in one line', async (words, message) => {
    await writeFile(file('bad.json'), '{"format":"crosscountry/policy","version":7}');
    const { code, stderr } = await run(words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
