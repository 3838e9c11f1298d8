import { readdir } from 'node:fs/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { JobSet } from '../../../src/bench/job/job-set.ts';
import { runJob, type StepOutcome } from '../../../src/bench/job/run-job.ts';
import type { TimingsStep } from '../../../src/bench/job/steps.ts';
import { timingsDone } from '../../../src/bench/job/timings-step.ts';
import { runTimings } from '../../../src/bench/run.ts';
import type { TimingOutcome } from '../../../src/bench/suite.ts';
import type { TimingFile } from '../../../src/results/timings.ts';
import { UserError } from '../../../src/support/user-error.ts';
import { inProcess, withFiles } from '../../cli/run.ts';

// The real one, unless a test says what timing gives.
vi.mock('../../../src/bench/run.ts', { spy: true });

beforeEach(() => {
  vi.mocked(runTimings).mockReset();
});

const step: TimingsStep = {
  ...{ kind: 'timings', subject: 'PropaneCombustion', seed: 0, weight: 1 },
  ...{ targets: ['js'], precisions: ['f64'], batches: [16], rounds: 2, seconds: 5 },
};

async function outcomeOf(set: JobSet, of: TimingsStep = step): Promise<StepOutcome> {
  const [outcome] = await runJob([of], set, {
    threads: 1,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onOutcome: () => undefined,
  });
  if (outcome === undefined) throw new Error('no outcome');
  return outcome;
}

const wrongJacobian: TimingOutcome = {
  rows: [
    {
      ...{ state: 'failed', subject: 'PropaneCombustion', order: 'reverse', target: 'js' },
      ...{ precision: 'f64', batch: 16, reason: 'entry 3 is off by 0.5' },
    },
  ],
  ...{ warnings: [], rounds: 0, interrupted: false },
};

describe('a step of timings', () => {
  it('fails where a Jacobian is wrong, keeps the file, and is not done by it', async () => {
    await withFiles({}, async (path) => {
      const set = await JobSet.open(path('set'));
      vi.mocked(runTimings).mockResolvedValueOnce(wrongJacobian);
      const outcome = await outcomeOf(set);
      if (outcome.state !== 'failed') throw new Error(outcome.state);
      expect(outcome.error).toMatchObject({
        name: 'UserError',
        message: expect.stringContaining('PropaneCombustion reverse js f64 × 16') as unknown,
        file: expect.stringMatching(/timings-.*\.json$/) as unknown,
      });
      expect((outcome.error as Error).message).toContain('entry 3 is off by 0.5');
      expect(await readdir(path('set/PropaneCombustion'))).toHaveLength(1);
      const again = await JobSet.open(path('set'));
      expect(again.timings).toHaveLength(1);
      expect(await timingsDone(step, again)).toBeUndefined();
    });
  });

  it('is done by the same cells timed in the same way, of as many rounds as there was time for', async () => {
    await withFiles({}, async (path) => {
      const set = await JobSet.open(path('set'));
      const outcome = await outcomeOf(set);
      expect(outcome.state).toBe('done');
      const [stored] = set.timings;
      if (stored === undefined) throw new Error('no timings');
      const { timings } = stored;
      expect(timings).toMatchObject({ rounds: 2, asked: { rounds: 2, seconds: 5 } });
      let folders = 0;
      const isDone = async (changes: Partial<TimingFile>, of = step): Promise<boolean> => {
        folders += 1;
        const other = await JobSet.open(path(`other-${folders}`));
        await other.addTimings({ ...timings, ...changes });
        return (await timingsDone(of, other)) !== undefined;
      };
      const rows = timings.rows.map((row) => ({ ...row, precision: 'f32' as const }));
      const timed = timings.rows.filter((row) => row.state === 'timed');
      const [first] = timed;
      if (first === undefined) throw new Error('no rows');
      const { subject, order, target, precision, batch } = first;
      const failed = { state: 'failed', subject, order, target, precision, batch } as const;
      const oneFailed = [
        { ...failed, reason: 'wrong' },
        ...timed.filter((row) => row.order !== order),
      ];
      expect(await isDone({})).toBe(true);
      expect(await isDone({ rows })).toBe(false);
      expect(await isDone({ rows: oneFailed })).toBe(false);
      expect(await isDone({ form: 'dense' })).toBe(false);
      expect(await isDone({ values: true })).toBe(false);
      expect(await isDone({ builtIns: true })).toBe(false);
      expect(await isDone({ graphHash: 'b'.repeat(64) })).toBe(false);
      const more = { ...step, rounds: 30, seconds: 120 };
      expect(await isDone({}, more)).toBe(false);
      expect(await isDone({ asked: { rounds: 30, seconds: 60 } }, more)).toBe(false);
      expect(await isDone({ asked: { rounds: 30, seconds: 120 } }, more)).toBe(true);
      expect(await isDone({ rounds: 30, asked: undefined }, more)).toBe(true);
    });
  });
});

describe('crosscountry bench', () => {
  const bench = ['bench', 'RobotArm_6DOF', '--quick', '--steps', 'timings'];

  it('shows the place of what a step refuses, and codes and places with --json', async () => {
    await withFiles({}, async (path) => {
      const refusal = new UserError({
        ...{ code: 'a-code', message: 'this is refused', file: 'a.json', at: 'edges[3]' },
      });
      vi.mocked(runTimings).mockRejectedValueOnce(refusal);
      const { code, stderr, stdout } = await inProcess(...bench, '--out', path('set'), '--json');
      expect(code).toBe(1);
      expect(stderr).toContain('✗ timings RobotArm_6DOF: this is refused (a.json, edges[3])\n');
      expect(JSON.parse(stdout)).toMatchObject({
        steps: [
          {
            ...{ kind: 'timings', state: 'failed', reason: 'this is refused' },
            ...{ code: 'a-code', file: 'a.json', at: 'edges[3]' },
          },
        ],
      });
    });
  });

  it('shows where a fault comes from with --debug', async () => {
    await withFiles({}, async (path) => {
      const fault = new TypeError('x is not a function', { cause: new Error('beneath') });
      vi.mocked(runTimings).mockRejectedValue(fault);
      const argv = [...bench, '--quiet', '--out', path('set')];
      const plain = await inProcess(...argv);
      expect(plain.code).toBe(1);
      expect(plain.stderr).toMatch(
        /^✗ timings RobotArm_6DOF: a fault of the program: x is not .*\n$/,
      );
      const { stderr } = await inProcess(...argv, '--debug');
      expect(stderr).toMatch(/TypeError: x is not a function\n\s+at .*timings-step\.test/);
      expect(stderr).toContain('caused by Error: beneath');
    });
  });
});
