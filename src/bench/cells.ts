/** The cells of a suite: every Jacobian accumulated, compiled, checked, and made ready to be timed. */
import { accumulate } from '../accumulate/accumulate.ts';
import { compileJacobian } from '../accumulate/compile-jacobian.ts';
import type { Accumulation } from '../accumulate/types.ts';
import type { PointWorkers } from '../compile/shader.ts';
import type { ComputeDevice } from '../execute/device.ts';
import { DeviceError } from '../execute/device-error.ts';
import { workersFor } from '../execute/point-workers.ts';
import { arithmeticRate } from '../execute/rates.ts';
import { optimisedOrder } from '../results/timing-names.ts';
import { attempt, attemptAsync } from '../support/attempt.ts';
import { breathe } from '../support/breathe.ts';
import { buildJacobian } from './build.ts';
import { readyCell } from './cell.ts';
import { checkedPoints } from './check.ts';
import type { Sampling } from './clock.ts';
import { Copies } from './copies.ts';
import {
  buildOnDevice,
  type BuiltOnDevice,
  deviceCell,
  type MeasuredDevice,
} from './device-cells.ts';
import { type Domain, domainOf } from './domain.ts';
import { type Built, fastestJacobian, type Kind } from './fastest-jacobian.ts';
import { type DeviceKind, isOnDevice, kindsOf } from './kinds.ts';
import type { TimedSubject, TimingSuite } from './suite.ts';
import { immediateCell, type TimedCell } from './timed-cell.ts';
import type { CellName, FailedRow } from './types.ts';

/** What is ready, and what is not and why. */
export interface BuiltCells {
  readonly ready: readonly TimedCell[];
  readonly failed: readonly FailedRow[];
  /** Gives the device back, where one was opened; after the cells. */
  readonly close: () => void;
}

/** Why there is no row of the fastest optimised Program. */
const noRace = 'the race for the fastest Program is run by js and wasm only';

/** Compiles and checks all cells, until it is interrupted. */
export async function buildCells(suite: TimingSuite, sampling: Sampling): Promise<BuiltCells> {
  const { clock } = sampling;
  const kinds = kindsOf(suite);
  const jobs = kinds.length * suite.subjects.reduce((sum, each) => sum + namesOf(each).length, 0);
  const failed: FailedRow[] = [];
  const ready: TimedCell[] = [];
  const device = new SuiteDevice(suite);
  const copies = new Copies();
  let done = 0;
  const step = (): void => {
    done += 1;
    suite.onProgress?.({ phase: 'build', share: done / jobs });
  };
  const isAborted = (): boolean => suite.signal?.aborted === true;
  for (const timed of suite.subjects) {
    if (isAborted()) break;
    const { subject } = timed;
    const checked = checkedPoints(subject.program());
    const domain = domainOf(subject, { seed: suite.seed, checked });
    const add = (kind: Kind | DeviceKind, { order, built, chosen }: Built): void => {
      for (const batch of suite.batches) {
        const name = { subject: subject.name, order, ...kind, batch };
        if (typeof built === 'string') failed.push({ state: 'failed', ...name, reason: built });
        else {
          const cell = readyCell(name, { built, domain, copies, ...(chosen && { chosen }) });
          ready.push(immediateCell(cell));
        }
      }
      step();
    };
    const builtByKind = new Map(kinds.map((kind) => [kind, [] as Built[]] as const));
    for (const { name: order, order: eliminated } of timed.orders) {
      if (isAborted()) break;
      const accumulation = attempt(() => accumulate(subject.linearisation(), eliminated));
      for (const kind of kinds) {
        if (isAborted()) break;
        if (isOnDevice(kind)) {
          const where = { subject: subject.name, order, ...kind };
          const context = { suite, domain, device, sampling };
          const found = await cellsOnDevice(where, accumulation, context);
          ready.push(...found.ready);
          failed.push(...found.failed);
          step();
          continue;
        }
        const options = { ...kind, outputs: suite.form, values: suite.values };
        const built =
          typeof accumulation === 'string'
            ? accumulation
            : attempt(() =>
                buildJacobian(() => compileJacobian(accumulation, options), domain, clock),
              );
        builtByKind.get(kind)?.push({ order, built });
        add(kind, { order, built });
        await breathe();
      }
    }
    if (timed.optimised === undefined) continue;
    for (const kind of kinds) {
      if (isAborted()) break;
      const { optimised } = timed;
      const points = Math.max(...suite.batches);
      const context = { domain, clock, seed: suite.seed, points };
      if (isOnDevice(kind)) {
        add(kind, { order: optimisedOrder, built: noRace });
        continue;
      }
      add(
        kind,
        optimised.state === 'failed'
          ? { order: optimisedOrder, built: optimised.reason }
          : fastestJacobian(kind, optimised.candidates, builtByKind.get(kind) ?? [], context),
      );
      await breathe();
    }
  }
  return {
    ready,
    failed,
    close: () => {
      device.close();
    },
  };
}

/** The device of a suite, opened and measured when a cell needs it. */
class SuiteDevice {
  readonly #suite: TimingSuite;
  #opened: Promise<MeasuredDevice> | undefined;
  #device: ComputeDevice | undefined;

  constructor(suite: TimingSuite) {
    this.#suite = suite;
  }

  /** @throws DeviceError where there is none */
  measured(): Promise<MeasuredDevice> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  close(): void {
    this.#device?.close();
  }

  async #open(): Promise<MeasuredDevice> {
    const { device: open } = this.#suite;
    if (open === undefined) throw new DeviceError('missing', 'no device was given to time on');
    const device = await open();
    this.#device = device;
    return { device, arithmeticRate: await arithmeticRate(device) };
  }
}

/** The cells of one Jacobian on a device, one a batch. */
async function cellsOnDevice(
  where: Omit<CellName, 'batch'>,
  accumulation: Accumulation | string,
  {
    suite,
    domain,
    device,
    sampling,
  }: {
    readonly suite: TimingSuite;
    readonly domain: Domain;
    readonly device: SuiteDevice;
    readonly sampling: Sampling;
  },
): Promise<{ readonly ready: readonly TimedCell[]; readonly failed: readonly FailedRow[] }> {
  const ready: TimedCell[] = [];
  const failed: FailedRow[] = [];
  /** By who computes a point, which may go by the batch. */
  const builds = new Map<PointWorkers, BuiltOnDevice | string>();
  const builtFor = async (batch: number): Promise<BuiltOnDevice | string> => {
    if (typeof accumulation === 'string') return accumulation;
    const measured = await device.measured();
    const workers = workersFor(measured.device.adapter, batch);
    const known = [...builds].find(([own, build]) => own === workers || !isByWorkers(build));
    if (known !== undefined) return known[1];
    const name = { ...where, batch };
    const built = await attemptAsync(() =>
      buildOnDevice(accumulation, name, suite, domain, measured, sampling.clock),
    );
    builds.set(workers, built);
    return built;
  };
  const used = new Set<BuiltOnDevice | string>();
  for (const batch of suite.batches) {
    const name = { ...where, batch };
    const built = await attemptAsync(() => builtFor(batch));
    const cell =
      typeof built === 'string'
        ? built
        : await attemptAsync(async () =>
            deviceCell(name, built, domain, await device.measured(), sampling),
          );
    if (typeof cell === 'string') failed.push({ state: 'failed', ...name, reason: cell });
    else {
      ready.push(cell);
      used.add(built);
    }
  }
  // A Jacobian is freed with its cells; without any nobody else would.
  for (const built of builds.values()) {
    if (typeof built !== 'string' && !used.has(built)) built.jacobian.dispose();
  }
  return { ready, failed };
}

/** Whether another choice of who computes a point would have given another build. */
const isByWorkers = (built: BuiltOnDevice | string): boolean =>
  typeof built === 'string' || built.program.shaders.workersChosen;

/** Names of a subject's lines in the table. */
function namesOf({ orders, optimised }: TimedSubject): readonly string[] {
  return [...orders.map(({ name }) => name), ...(optimised === undefined ? [] : [optimisedOrder])];
}
