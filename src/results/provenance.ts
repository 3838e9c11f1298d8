/** Where a result comes from: the package, its commit, the machine. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { NodeMachine, Origin, PackageRecord } from './types.ts';

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The folder of our package.json: two floors up from the source, three from dist/. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (readIfThere(join(folder, 'package.json')) === undefined) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the package has lost its package.json');
    folder = parent;
  }
  return folder;
}

function versionOf(root: string): string {
  const parsed: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (typeof parsed === 'object' && parsed !== null && 'version' in parsed) {
    if (typeof parsed.version === 'string') return parsed.version;
  }
  throw new Error('package.json has no version');
}

/**
 * The folder of git for what is checked out at `root`, and the one with its references: of a linked
 * worktree two folders, which a file `.git` leads to.
 */
function gitFolders(root: string): { readonly own: string; readonly common: string } {
  const place = join(root, '.git');
  const [, linked] = /^gitdir: (.+)$/m.exec(readIfThere(place) ?? '') ?? [];
  if (linked === undefined) return { own: place, common: place };
  const own = resolve(root, linked);
  return { own, common: resolve(own, readIfThere(join(own, 'commondir'))?.trim() ?? '.') };
}

/** The commit that is checked out at `root`; `null` where that is no clone. Starts no process. */
export function commitOf(root: string): string | null {
  const { own, common } = gitFolders(root);
  const head = readIfThere(join(own, 'HEAD'))?.trim();
  if (head === undefined) return null;
  if (!head.startsWith('ref: ')) return head;
  const reference = head.slice('ref: '.length);
  const loose = readIfThere(join(common, reference))?.trim();
  if (loose !== undefined) return loose;
  const packed = readIfThere(join(common, 'packed-refs'));
  const line = packed?.split('\n').find((entry) => entry.endsWith(` ${reference}`));
  return line?.split(' ')[0] ?? null;
}

/** The package as it stands in result files and in `--version`. */
export function packageRecord(): PackageRecord {
  const root = packageRoot();
  const lock = readIfThere(join(root, 'package-lock.json'));
  return {
    version: versionOf(root),
    commit: commitOf(root),
    ...(lock === undefined
      ? {}
      : { lock: createHash('sha256').update(lock).digest('hex') }),
  };
}

/** The machine as it stands in result files. */
export function machineRecord(): NodeMachine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    node: process.versions.node,
  };
}

/** This package on this machine. */
export function originRecord(date: Date): Origin {
  return { package: packageRecord(), machine: machineRecord(), date: date.toISOString() };
}
