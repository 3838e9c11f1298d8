/** Timings that nobody took: rows whose times follow from a rule that a test can check. */
import type { ResultSet, StoredTimings } from '../../src/results/result-set.ts';
import type { TimingFile } from '../../src/results/timings.ts';

type Row = TimingFile['rows'][number];

/** Orders of RoeFlux_1d with times of a nanosecond a multiplication, at two batch sizes and on a device. */
export function syntheticTimings({ results }: Pick<ResultSet, 'results'>): StoredTimings {
  const own = results.filter(
    ({ result }) =>
      result.subject === 'RoeFlux_1d' &&
      result.cost === 'multiplications' &&
      ['forward', 'reverse', 'markowitz', 'published'].includes(result.strategy.name),
  );
  const [first] = own;
  if (first === undefined) throw new Error('there are no counts of RoeFlux_1d');
  const rows = own.flatMap(({ result }): Row[] =>
    (['wasm', 'webgpu'] as const).flatMap((target) =>
      [64, 4096].map((batch): Row => {
        const samples = Array.from(
          { length: 12 },
          (_, round) => result.count * (1 + round / 100) * (batch === 64 ? 1.5 : 1),
        );
        const [min = 0, p25 = 0, median = 0, p75 = 0] = [0, 3, 6, 9].map((place) => samples[place]);
        return {
          ...{ state: 'timed', subject: 'RoeFlux_1d', order: result.strategy.name, target, batch },
          ...{ precision: target === 'wasm' ? 'f64' : 'f32', layout: 'kernel', samples },
          ...{ nsPerPoint: { min, p25, median, p75 }, buildMs: 1, firstCallMs: 1 },
          ...{ copyNsPerPoint: 10, maxError: 0, fusedMultiplyAdd: true },
          ...(target === 'webgpu' && {
            device: {
              ...{ adapter: 'a device', isSoftware: true, timestamps: true },
              ...{ kernels: 1, dispatches: 1, operationsPerPoint: 100, bytesPerPoint: 80 },
              ...{ pipelineMs: 1, uploadNsPerPoint: 1, readBackNsPerPoint: 1, wallNsPerPoint: 2 },
              ...{ arithmeticNsPerPoint: 1, rooflineNsPerPoint: 5, rooflineShare: 0.25 },
            },
          }),
        } satisfies Row;
      }),
    ),
  );
  return {
    path: 'RoeFlux_1d/timings-0-synthetic.json',
    timings: {
      ...{ format: 'crosscountry/timings', version: 1, subject: 'RoeFlux_1d' },
      graphHash: first.result.graphHash,
      orders: Object.fromEntries(
        own.map(({ result }) => [result.strategy.name, [...result.order]]),
      ),
      ...{ form: 'compact', values: false, rounds: 12, seed: 0, rows, warnings: [] },
      package: { version: '0.0.0', commit: null },
      machine: { cpu: 'none', cores: 1, node: '20.0.0', flags: [] },
      date: '2000-01-01T00:00:00.000Z',
    },
  };
}
