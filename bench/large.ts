/**
 * Large graphs from end to end: each family of a million vertices is written to a file, and the
 * command line reads it, finds the Markowitz order and counts it, in a process of its own; then the
 * tiled RoeFlux graphs are searched. Seconds and the largest resident set of the whole process, as
 * the operating system tells it; counts are exact.
 *
 *   npm run bench:large -- [--vertices 1000000] [--search 15s] [--threads 2] [--json]
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    vertices: { type: 'string', default: '1000000' },
    search: { type: 'string', default: '15s' },
    threads: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
});

const executable = fileURLToPath(new URL('../../bin/crosscountry.js', import.meta.url));

/** Printed by the measured process when it ends. */
const peakMark = 'peak-kilobytes';
const preload = `data:text/javascript,process.on('exit',()=>{process.stderr.write('${peakMark} '+process.resourceUsage().maxRSS+'\\n')})`;

interface Run {
  readonly output: unknown;
  readonly seconds: number;
  readonly peakBytes: number;
}

/** Runs the command line with `--json`. */
function run(...argv: readonly string[]): Promise<Run> {
  const start = performance.now();
  return new Promise((done, fail) => {
    execFile(
      process.execPath,
      ['--import', preload, executable, ...argv, '--json'],
      { maxBuffer: 2 ** 30 },
      (error, stdout, stderr) => {
        if (error !== null) {
          fail(new Error(`${argv.join(' ')}: ${stderr}`, { cause: error }));
          return;
        }
        const [, kilobytes] = new RegExp(`${peakMark} (\\d+)`).exec(stderr) ?? [];
        done({
          output: JSON.parse(stdout),
          seconds: (performance.now() - start) / 1000,
          peakBytes: 1024 * Number(kilobytes),
        });
      },
    );
  });
}

/** A field of a document that another program printed. */
function field(document: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[name]
        : undefined,
    document,
  );
}

const folder = await mkdtemp(join(tmpdir(), 'crosscountry-bench-'));
interface Row {
  readonly what: 'count' | 'search';
  readonly family: string;
  readonly vertices: unknown;
  readonly edges: unknown;
  readonly count: unknown;
  readonly markowitz?: number;
  readonly below?: number;
  readonly seconds: number;
  readonly peakBytes: number;
}
const rows: Row[] = [];
try {
  for (const family of ['chain', 'unrolled-ode', 'stencil', 'bundle-adjustment']) {
    const file = join(folder, `${family}.json`);
    const made = await run('generate', family, '--vertices', options.vertices, '--out', file);
    const counted = await run('count', file, '--order', 'markowitz');
    rows.push({
      what: 'count',
      family,
      vertices: field(made.output, 'vertices'),
      edges: field(made.output, 'edges'),
      count: field(counted.output, 'rows', 0, 'count'),
      seconds: counted.seconds,
      peakBytes: counted.peakBytes,
    });
    await rm(file);
  }
  for (const family of ['tiled-roe-flux', 'stepped-roe-flux']) {
    const file = join(folder, `${family}.json`);
    const made = await run('generate', family, '--out', file);
    const markowitz = await run('count', file, '--order', 'markowitz');
    const budget = ['--time', options.search, '--threads', options.threads];
    const found = await run('search', file, ...budget, '--quiet');
    const before = Number(field(markowitz.output, 'rows', 0, 'count'));
    const count = Number(field(found.output, 'count'));
    rows.push({
      what: 'search',
      family,
      vertices: field(made.output, 'vertices'),
      edges: field(made.output, 'edges'),
      markowitz: before,
      count,
      below: 1 - count / before,
      seconds: found.seconds,
      peakBytes: found.peakBytes,
    });
  }
} finally {
  await rm(folder, { recursive: true });
}

const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
if (options.json) {
  const report = { format: 'crosscountry/bench-large', version: 1, machine, rows };
  console.log(JSON.stringify(report, undefined, 2));
} else {
  console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
  for (const row of rows) {
    const figures = [
      `${String(row.vertices)} vertices, ${String(row.edges)} edges`,
      `${row.seconds.toFixed(1)} s`,
      `${(row.peakBytes / 2 ** 30).toFixed(2)} GiB`,
      row.what === 'count'
        ? `markowitz ${String(row.count)}`
        : `markowitz ${String(row.markowitz)}, found ${String(row.count)} (${(100 * (row.below ?? NaN)).toFixed(1)} % below)`,
    ];
    console.log(`${row.family.padEnd(18)} ${figures.join('  ')}`);
  }
}
