// A WebGPU adapter without a GPU: SwiftShader, a Vulkan driver that computes on the processor, out of the
// development dependency @sparticuz/chromium. It is unpacked once, below node_modules/.cache.
//
//   npm run software-adapter -- COMMAND ARGUMENTS…    runs a command with it
//
// The loader reads the variables when a process starts, so they have to be there before.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const icd = 'vk_swiftshader_icd.json';
const wanted = ['libvk_swiftshader.so', 'libvulkan.so.1', icd];
const block = 512;

/** The files of a tar archive by name (POSIX.1-1988 ustar: name at 0, size in octal at 124). */
function* filesOf(archive) {
  for (let at = 0; at + block <= archive.length && archive[at] !== 0;) {
    const field = (start, length) => {
      const text = archive.toString('latin1', at + start, at + start + length);
      return text.slice(0, text.indexOf('\0') < 0 ? length : text.indexOf('\0'));
    };
    const size = parseInt(field(124, 12), 8);
    const start = at + block;
    yield { name: field(0, 100).replace(/^.*\//, ''), data: archive.subarray(start, start + size) };
    at = start + Math.ceil(size / block) * block;
  }
}

/** The folder with driver and loader, unpacked where it is not there yet. */
function unpacked() {
  const require = createRequire(import.meta.url);
  const own = dirname(dirname(dirname(require.resolve('@sparticuz/chromium'))));
  const { version } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
  const folder = join(root, 'node_modules', '.cache', 'crosscountry', `swiftshader-${version}`);
  if (existsSync(folder)) return folder;
  const archive = brotliDecompressSync(readFileSync(join(own, 'bin', 'swiftshader.tar.br')));
  // Several processes may unpack at once; the folder appears whole or not at all.
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  for (const { name, data } of filesOf(archive)) {
    if (wanted.includes(name)) writeFileSync(join(partial, name), data, { mode: 0o755 });
  }
  try {
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/**
 * Variables under which a process started anew finds the software adapter.
 * @returns {{ LD_LIBRARY_PATH: string, VK_ICD_FILENAMES: string }}
 */
export function softwareAdapterEnvironment() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('the software adapter is for Linux on x64; elsewhere a real adapter is needed');
  }
  const folder = unpacked();
  const others = process.env.LD_LIBRARY_PATH;
  return {
    LD_LIBRARY_PATH: others === undefined || others === '' ? folder : `${folder}:${others}`,
    VK_ICD_FILENAMES: join(folder, icd),
  };
}

/**
 * Whether a process started now finds an adapter by itself.
 * @returns {boolean}
 */
export function hasAdapter() {
  const code = `
    const { create } = await import('webgpu');
    process.exit((await create([]).requestAdapter()) === null ? 1 : 0);`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: root,
    stdio: 'ignore',
  });
  return status === 0;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [command, ...given] = process.argv.slice(2);
  if (command === undefined) {
    console.error('usage: npm run software-adapter -- COMMAND ARGUMENTS…');
    process.exit(2);
  }
  const { status, error } = spawnSync(command, given, {
    stdio: 'inherit',
    env: { ...process.env, ...softwareAdapterEnvironment() },
  });
  if (error !== undefined) console.error(error.message);
  process.exit(status ?? 1);
}
