import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { JobSet } from '../../../src/bench/job/job-set.ts';
import { runJob, type StepOutcome } from '../../../src/bench/job/run-job.ts';
import type { Step } from '../../../src/bench/job/steps.ts';
import { paperSuites } from '../../../src/bench/job/paper-suites.ts';
import { stepsOf } from '../../../src/bench/job/suite.ts';
import { suites } from '../../../src/bench/job/suites.ts';
import { tasks } from '../../../tasks/tasks.ts';
import { executable, inProcess, withFiles } from '../../cli/run.ts';

const small = ['bench', 'PropaneCombustion', '--quick'];
const withoutTimes = [...small, '--steps', 'counts,search,bound'];

/** Every file of a set by its path, without what differs between runs: times, date, machine. */
async function contents(folder: string): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const volatile = new Set(['seconds', 'date', 'machine', 'package', 'checksum']);
    found[file.slice(folder.length)] = JSON.parse(
      await readFile(file, 'utf8'),
      (key, value: unknown) => (volatile.has(key) ? null : value),
    );
  }
  return found;
}

/** Starts the program and kills it after some milliseconds, in a way that no program hears. */
function killed(argv: readonly string[], milliseconds: number): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [executable, ...argv], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    child.on('exit', (_, signal) => {
      clearTimeout(timer);
      done(signal === 'SIGKILL');
    });
  });
}

function outcomesOf(stdout: string): { state: string; kind: string; files?: string[] }[] {
  return (JSON.parse(stdout) as { steps: { state: string; kind: string; files?: string[] }[] })
    .steps;
}

async function statesOf(steps: readonly Step[], set: JobSet): Promise<readonly string[]> {
  const outcomes = await runJob(steps, set, {
    threads: 1,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onOutcome: () => undefined,
  });
  return outcomes.map(({ state }) => state);
}

describe('suites', () => {
  it.each(paperSuites.map((suite) => [suite.name, suite] as const))(
    '%s counts every task of the paper under three models before anything else',
    (_, suite) => {
      const steps = stepsOf(suite, { subjects: [] });
      const counts = steps.filter(({ kind }) => kind === 'counts');
      const paper = tasks.filter((task) => task.suite === 'paper').map(({ name }) => name);
      expect(counts).toHaveLength(3 * paper.length);
      expect(new Set(counts.map(({ subject }) => subject))).toEqual(new Set(paper));
      expect(steps.slice(0, counts.length)).toEqual(counts);
      // Bounds begin at what searches found, times are of both.
      const kinds = steps.map(({ kind }) => kind);
      expect(kinds.lastIndexOf('search')).toBeLessThan(kinds.indexOf('bound'));
      expect(kinds.lastIndexOf('bound')).toBeLessThan(kinds.indexOf('timings'));
    },
  );

  it('search what has tensors element by element under compiled, and nothing else', () => {
    for (const suite of paperSuites) {
      const searches = stepsOf(suite, { subjects: [], kinds: ['search'] });
      for (const step of searches) {
        if (step.kind !== 'search') continue;
        const hasAxes = ['RoeFlux_3d', 'f', 'Perceptron', 'Encoder'].includes(step.subject);
        const byElements = step.cost === 'compiled' && hasAxes;
        expect(step.granularity).toBe(byElements ? 'scalar' : 'tensor');
      }
    }
  });

  it('give every search, proof and run another file', () => {
    for (const suite of suites) {
      const steps = stepsOf(suite, { subjects: [] });
      const keys = steps.map((step) => JSON.stringify({ ...step, weight: 0 }));
      expect(new Set(keys).size).toBe(steps.length);
    }
  });
});

describe('crosscountry bench', () => {
  it('finds the same twice, and repeats nothing that is done', async () => {
    await withFiles({}, async (path) => {
      const first = await inProcess(...withoutTimes, '--out', path('first'), '--json');
      expect(first.code).toBe(0);
      expect(outcomesOf(first.stdout).every(({ state }) => state === 'done')).toBe(true);
      const once = await contents(path('first'));

      const again = await inProcess(...withoutTimes, '--out', path('first'), '--json');
      expect(again.code).toBe(0);
      expect(outcomesOf(again.stdout).every(({ state }) => state === 'kept')).toBe(true);
      expect(await contents(path('first'))).toEqual(once);

      await inProcess(...withoutTimes, '--out', path('second'), '--threads', '1', '--quiet');
      expect(await contents(path('second'))).toEqual(once);
      expect((await inProcess('verify', path('first'), '--quiet')).code).toBe(0);
    });
  });

  it('killed at random moments and begun again gives the set of an unbroken run', async () => {
    await withFiles({}, async (path) => {
      await inProcess(...withoutTimes, '--out', path('unbroken'), '--quiet');
      const broken = [...withoutTimes, '--out', path('broken')];
      const moments = fc.sample(fc.integer({ min: 200, max: 2500 }), 5);
      for (const moment of moments) await killed(broken, moment);
      const last = await inProcess(...broken, '--json');
      expect(last.code).toBe(0);
      expect(await contents(path('broken'))).toEqual(await contents(path('unbroken')));
    });
  });

  it('studies policies: killed and begun again it gives the set of an unbroken run', async () => {
    await withFiles({}, async (path) => {
      const study = ['bench', '--suite', 'policy-quick', '--out'];
      expect((await inProcess(...study, path('unbroken'), '--quiet')).code).toBe(0);
      const moments = fc.sample(fc.integer({ min: 400, max: 4000 }), 2);
      for (const moment of moments) await killed([...study, path('broken')], moment);
      const { code, stdout } = await inProcess(...study, path('broken'), '--json');
      expect(code).toBe(0);
      const outcomes = outcomesOf(stdout);
      expect(await contents(path('broken'))).toEqual(await contents(path('unbroken')));
      const again = outcomesOf((await inProcess(...study, path('broken'), '--json')).stdout);
      expect(again.every(({ state }) => state === 'kept')).toBe(true);
      expect(again.map(({ files }) => files)).toEqual(outcomes.map(({ files }) => files));
      const parts = ['policies', 'bundle-adjustment-110-1'].map((part) => path(`broken/${part}`));
      expect((await inProcess('verify', ...parts, '--quiet')).code).toBe(0);

      const report = await inProcess('report', path('broken'), '--format', 'markdown');
      expect(report.stdout).toContain('Where a learned policy is worth it');

      // A policy whose weights were changed is no policy of the set any more.
      const [policy] = outcomes.find(({ kind }) => kind === 'training')?.files ?? [];
      const file = path(join('broken', policy ?? ''));
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace(/"weights":"..../, '"weights":"AAAA'));
      const broken = await inProcess('verify', path('broken/policies'));
      expect(broken.code).toBe(1);
      expect(broken.stdout).toContain('damaged');
    });
  }, 400_000);

  it('times what it found, once for each machine and set of orders', async () => {
    await withFiles({}, async (path) => {
      const own = [...['bench', 'RobotArm_6DOF', '--quick', '--steps'], '--out', path('set')];
      const steps = own.toSpliced(4, 0, 'counts,timings');
      const { code, stdout } = await inProcess(...steps, '--json');
      expect(code).toBe(0);
      const timings = outcomesOf(stdout).find(({ kind }) => kind === 'timings');
      expect(timings?.files?.[0]).toMatch(/^RobotArm_6DOF\/timings-[0-9a-f]{12}-/);
      const again = outcomesOf((await inProcess(...steps, '--json')).stdout);
      expect(again.every(({ state }) => state === 'kept')).toBe(true);
    });
  });

  it('takes results of another graph of the same name for none of its own', async () => {
    await withFiles({}, async (path) => {
      const base = {
        ...({ subject: 'PropaneCombustion', cost: 'paper', granularity: 'tensor' } as const),
        ...{ seed: 0, weight: 1 },
      };
      const steps: readonly Step[] = [
        { ...base, kind: 'counts', orders: ['reverse'] },
        { ...base, kind: 'search', strategy: 'anneal', evaluations: 1000 },
        { ...base, kind: 'bound', evaluations: 1000 },
      ];
      const own = await JobSet.open(path('own'));
      expect(await statesOf(steps, own)).toEqual(['done', 'done', 'done']);
      expect(await statesOf(steps, own)).toEqual(['kept', 'kept', 'kept']);
      const other = await JobSet.open(path('other'));
      // As `count` and `search` write of a module with the name of a task.
      for (const { result } of own.results) {
        await other.add({ ...result, graphHash: 'b'.repeat(64) });
      }
      expect(await statesOf(steps, other)).toEqual(['done', 'done', 'done']);
      expect(other.results).toHaveLength(2 * own.results.length);
    });
  });

  it('does not repeat a proof with more evaluations that finds the same bound', async () => {
    await withFiles({}, async (path) => {
      const bound = (evaluations: number): Step => ({
        ...{ kind: 'bound', subject: 'RobotArm_6DOF', cost: 'multiplications' },
        ...{ granularity: 'tensor', seed: 0, weight: 1, evaluations },
      });
      const open = (): Promise<JobSet> => JobSet.open(path('set'));
      expect(await statesOf([bound(1000)], await open())).toEqual(['done']);
      expect(await statesOf([bound(2000)], await open())).toEqual(['done']);
      const found = (await open()).results.map(({ result }) => result.bound);
      expect(new Set(found.map((one) => one?.proof?.evaluations))).toEqual(new Set([1000, 2000]));
      const [one, two] = found;
      expect({ ...one, proof: undefined }).toEqual({ ...two, proof: undefined });
      expect(await statesOf([bound(1000), bound(2000)], await open())).toEqual(['kept', 'kept']);
    });
  });

  it('goes on behind a step that fails, and tells of it', async () => {
    await withFiles({}, async (path) => {
      const count: Step = {
        ...{ kind: 'counts', subject: 'PropaneCombustion', cost: 'paper' },
        ...{ granularity: 'tensor', seed: 0, weight: 1 },
      };
      const broken: Step = { ...count, cost: 'no such model' };
      const heard: StepOutcome[] = [];
      const shares: number[] = [];
      const outcomes = await runJob([broken, count], await JobSet.open(path('set')), {
        threads: 1,
        signal: new AbortController().signal,
        onProgress: ({ share }) => shares.push(share),
        onOutcome: (outcome) => heard.push(outcome),
      });
      expect(outcomes.map(({ state }) => state)).toEqual(['failed', 'done']);
      expect(heard).toEqual(outcomes);
      const [first] = outcomes;
      expect(first?.state === 'failed' ? String(first.error) : '').toContain('no such model');
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.at(-1)).toBeLessThanOrEqual(1);
    });
  });

  it('that is interrupted writes nothing half, and says what is left', async () => {
    await withFiles({}, async (path) => {
      const interruption = new AbortController();
      const [suite] = suites;
      if (suite === undefined) throw new Error('there are no suites');
      const steps = stepsOf(suite, { subjects: ['PropaneCombustion'] });
      const set = await JobSet.open(path('set'));
      const outcomes = await runJob(steps, set, {
        threads: 1,
        signal: interruption.signal,
        onProgress: ({ step }) => {
          if (step.kind === 'search') interruption.abort();
        },
        onOutcome: () => undefined,
      });
      const states = new Set(
        outcomes.flatMap(({ step, state }) => (step.kind === 'counts' ? [] : [state])),
      );
      expect(states).toEqual(new Set(['interrupted']));
      expect(set.results.every(({ result }) => result.evaluations === 1)).toBe(true);
    });
  });

  it.each([
    [['bench', 'nowhere'], 'nowhere'],
    [['bench', 'stencil-5000'], 'PropaneCombustion'],
    [['bench', '--suite', 'pape'], 'paper'],
    [['bench', '--steps', 'serch'], 'search'],
    [['bench', '--quick', '--suite', 'paper'], 'not both'],
  ])('%j is bad usage, and says what is meant', async (argv, words) => {
    const { code, stderr } = await inProcess(...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});
