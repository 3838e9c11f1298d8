import { spawn } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

import { asProgram, executable, withFiles } from './run.ts';

describe('the executable', () => {
  it('counts all tasks of the paper', async () => {
    const { code, stdout, stderr } = await asProgram(['count']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('620 = 620');
  });

  it('colours nothing where stdout is no terminal', async () => {
    const { stdout } = await asProgram(['count'], { env: { ...process.env, NO_COLOR: '' } });
    expect(stdout).not.toContain('\u001b');
  });

  it('answers bad input with one line and exit code 2', async () => {
    const { code, stdout, stderr } = await asProgram(['count', 'RoeFlux1d']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^crosscountry: [^\n]*Did you mean "RoeFlux_1d"[^\n]*\n$/);
  });

  it('names its version', async () => {
    const { code, stdout } = await asProgram(['--version']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  });

  it('keeps silent when its reader goes away', async () => {
    const child = spawn(process.execPath, [executable, 'export', 'g', '--to', 'graph']);
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdout.destroy();
    const code = await new Promise((done) => child.on('close', done));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'says where permission is missing',
    async () => {
      await withFiles({ 'secret.json': '{}' }, async (path) => {
        await chmod(path('secret.json'), 0);
        const { code, stderr } = await asProgram(['count', path('secret.json')]);
        expect(code).toBe(2);
        expect(stderr).toMatch(/^crosscountry: no permission[^\n]*secret\.json\)\n$/);
      });
    },
  );
});
