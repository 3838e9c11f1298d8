/** The Python process that runs the peers, and the environment that it needs. */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { packageRoot } from '../../src/results/provenance.ts';

/** A peer that was compiled, or why it was not. */
export type LoadedPeer =
  | {
      readonly peer: string;
      readonly buildMs: number;
      readonly firstCallMs: number;
      /** At the checked points, each flat. */
      readonly jacobian: readonly (readonly number[])[];
    }
  | { readonly peer: string; readonly error: string };

/** Folder for the environment and what is compiled; ignored by git. */
export const cacheFolder = join(packageRoot(), '.cache', 'peers');

const sources = join(packageRoot(), 'bench', 'peers');

/**
 * Python with the pinned packages, made where it is not there yet.
 * @returns its path, or one line that says what is missing
 */
export function pythonEnvironment(say: (line: string) => void): { python: string } | string {
  const folder = join(cacheFolder, 'python');
  const python = join(folder, 'bin', 'python');
  const wanted = readFileSync(join(sources, 'requirements.txt'), 'utf8');
  const stamp = join(folder, 'requirements.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { python };
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
  } catch {
    return 'the peers are left out: there is no python3; install Python 3.10 or newer';
  }
  say('making a Python environment with JAX and CasADi …');
  mkdirSync(cacheFolder, { recursive: true });
  try {
    execFileSync('python3', ['-m', 'venv', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
    execFileSync(
      python,
      ['-m', 'pip', 'install', '--quiet', '-r', join(sources, 'requirements.txt')],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
  } catch (error) {
    const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return `the peers are left out: ${text.trim().split('\n').at(-1) ?? 'pip failed'}; see bench/peers/requirements.txt`;
  }
  writeFileSync(stamp, wanted);
  return { python };
}

/** Whether Graphax can be imported. */
export function hasGraphax(python: string): boolean {
  try {
    execFileSync(python, ['-c', 'import graphax'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The process. Questions are answered one after the other. */
export class PeerWorker {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;
  readonly #answers: AsyncIterator<string>;

  constructor(python: string) {
    this.#process = spawn(python, [join(sources, 'worker.py')], { stdio: 'pipe' });
    this.#process.stderr.pipe(process.stderr);
    this.#lines = createInterface({ input: this.#process.stdout });
    this.#answers = this.#lines[Symbol.asyncIterator]();
  }

  async #ask(question: object): Promise<unknown> {
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    const answer = await this.#answers.next();
    if (answer.done === true) throw new Error('the Python process has ended; its message is above');
    return JSON.parse(answer.value);
  }

  /** Compiles all peers for a job file. */
  async load(job: string): Promise<readonly LoadedPeer[]> {
    const { cells } = (await this.#ask({ do: 'load', job })) as { cells: readonly LoadedPeer[] };
    return cells;
  }

  /** One sample, in nanoseconds a point. */
  async sample(peer: string): Promise<number> {
    const { ns } = (await this.#ask({ do: 'sample', peer })) as { ns: number };
    return ns;
  }

  close(): void {
    this.#lines.close();
    this.#process.kill();
  }
}
