import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import { latex, latexText } from '../../src/report/formats/latex.ts';
import { reportOf } from '../../src/report/report.ts';
import { readResultSet } from '../../src/results/result-set.ts';
import { withFiles } from '../cli/run.ts';
import { syntheticTimings } from './synthetic-timings.ts';

const folder = fileURLToPath(new URL('../../results', import.meta.url));

/** The first TeX that is installed. */
const tex = ['pdflatex', 'lualatex', 'xelatex', 'tectonic'].find(
  (program) => spawnSync(program, ['--version']).status === 0,
);

async function text(): Promise<string> {
  const set = await readResultSet(folder);
  return latex.write(reportOf({ ...set, timings: [syntheticTimings(set)] }));
}

describe('the LaTeX report', () => {
  it('escapes what TeX would take for itself', () => {
    expect(latexText('RoeFlux_1d, 5 % & #1 {x} $y ~ ^ \\')).toBe(
      'RoeFlux\\_1d, 5 \\% \\& \\#1 \\{x\\} \\$y \\textasciitilde{} \\textasciicircum{} \\textbackslash{}',
    );
    expect(latexText('under `paper`')).toBe('under \\texttt{paper}');
  });

  it('has booktabs tables with as many cells in each line as columns, in ASCII', async () => {
    const written = await text();
    const tables = [...written.matchAll(/\\begin\{tabular\}\{([lr]+)\}([^]*?)\\end\{tabular\}/g)];
    expect(tables.length).toBeGreaterThan(7);
    for (const [, columns = '', body = ''] of tables) {
      for (const rule of ['\\toprule', '\\midrule', '\\bottomrule']) expect(body).toContain(rule);
      const lines = body.split('\n').filter((line) => line.endsWith('\\\\'));
      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines) {
        expect(line.replaceAll('\\&', '').split('&')).toHaveLength(columns.length);
      }
    }
    const used = new Set(
      written
        .split('\n')
        .filter((line) => !line.startsWith('%'))
        .join('')
        .match(/[^\n\x20-\x7e]/g),
    );
    expect([...used]).toEqual([]);
  });

  it.skipIf(tex === undefined)(
    tex === undefined ? 'is not compiled: no TeX is installed' : `compiles with ${tex}`,
    async () => {
      await withFiles({}, async (path) => {
        await writeFile(path('report.tex'), await text());
        const options = tex === 'tectonic' ? [] : ['-interaction=nonstopmode', '-halt-on-error'];
        execFileSync(tex ?? '', [...options, 'report.tex'], { cwd: path('.'), stdio: 'ignore' });
        expect(existsSync(path('report.pdf'))).toBe(true);
      });
    },
  );
});
