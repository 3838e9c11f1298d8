import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

import { reportFormats } from '../../src/report/formats/formats.ts';
import { reportOf } from '../../src/report/report.ts';
import type { Cell, Report, Table } from '../../src/report/types.ts';
import { readResultSet, type ResultSet } from '../../src/results/result-set.ts';
import { heuristics } from '../../src/search/heuristics/heuristics.ts';
import { tasks } from '../../tasks/tasks.ts';
import { inProcess, withFiles } from '../cli/run.ts';

const folder = fileURLToPath(new URL('../../results', import.meta.url));
const paper = tasks.filter(({ suite }) => suite === 'paper');

/** Those that write everything, and not one figure. */
const wholeFormats = reportFormats.filter(({ name }) => name !== 'svg');

let set: ResultSet;
let report: Report;

beforeAll(async () => {
  set = await readResultSet(folder);
  report = reportOf(set);
});

function tableOf(id: string): Table {
  const found = report.sections.flatMap(({ tables }) => tables).find((table) => table.id === id);
  if (found === undefined) throw new Error(`there is no table ${id}`);
  return found;
}

function rowOf(table: Table, name: string): readonly Cell[] {
  const found = table.rows.find(([first]) => first?.text === name);
  if (found === undefined) throw new Error(`${table.id} has no row ${name}`);
  return found;
}

describe('the report of the published results', () => {
  it('is what stands in results/README.md', async () => {
    const { stdout, code } = await inProcess('report', folder, '--format', 'markdown');
    expect(code).toBe(0);
    // Where this fails, results were added: crosscountry report results --out results/README.md
    expect(readFileSync(join(folder, 'README.md'), 'utf8') === stdout).toBe(true);
  });

  it.each(['paper', 'multiplications', 'compiled'])(
    'has every heuristic on the ten tasks under %s, ties and ratios named',
    (cost) => {
      const table = tableOf(`heuristics-${cost}`);
      expect(table.columns.slice(2).map(({ title }) => title)).toEqual(
        paper.map(({ name }) => name),
      );
      const names = table.rows.map(([first]) => first?.text);
      expect(names).toEqual([
        ...heuristics.map(({ name }) => name),
        ...['published', 'best known'],
        ...(cost === 'compiled' ? [] : ['bound']),
      ]);
      expect(rowOf(table, 'markowitz')[1]?.text).toBe('lowest vertex');
      expect(rowOf(table, 'markowitz-high')[1]?.text).toBe('highest vertex');
      expect(rowOf(table, 'reverse')[1]?.text).toBe('–');
      for (const name of heuristics.map((heuristic) => heuristic.name)) {
        const cells = rowOf(table, name).slice(2);
        expect(
          cells.every(({ value, source }) => value !== undefined && source !== undefined),
        ).toBe(true);
        const ratio = cost === 'compiled' ? /^\d+\.\d\d$/ : /^\d+\.\d\d · \d+\.\d\d$/;
        for (const { detail } of cells) expect(detail).toMatch(ratio);
      }
    },
  );

  it('shows the figures that the paper prints, and where ours differ', () => {
    const table = tableOf('paper-table');
    for (const { name, publishedFigures } of paper) {
      const row = rowOf(table, name);
      (['forward', 'reverse', 'markowitz', 'published'] as const).forEach((order, index) => {
        const figure = publishedFigures?.[order];
        const cell = row[index + 1];
        expect(cell?.detail).toBe(`${cell?.value === figure ? '=' : '≠'} ${figure ?? '–'}`);
      });
    }
    // Four of its figures are not what its own programs give; the reasons stand below.
    expect(table.notes).toHaveLength(4);
  });

  it('shows bounds that prove the six scalar tasks under paper', () => {
    const table = tableOf('improvement-paper');
    const proved = table.rows.filter((row) => row.some(({ detail }) => detail === 'proved'));
    expect(proved.map(([first]) => first?.text)).toEqual([
      ...['HumanHeartDipole', 'PropaneCombustion', 'RoeFlux_1d', 'RobotArm_6DOF'],
      ...['g', 'BlackScholes_Jacobian'],
    ]);
  });

  it('takes every number from the file that it links to', () => {
    const byPath = new Map(set.results.map(({ path, result }) => [path, result]));
    let linked = 0;
    for (const { tables } of report.sections) {
      for (const { columns, rows } of tables) {
        for (const row of rows) {
          row.forEach(({ value, source }, index) => {
            if (source === undefined || !byPath.has(source.file)) return;
            linked += 1;
            const result = byPath.get(source.file);
            const isBound = source.command.startsWith('crosscountry bound');
            const isBoundCell = columns[index]?.title === 'bound' || row[0]?.text === 'bound';
            expect(value).toBe(isBound && isBoundCell ? result?.bound?.lower : result?.count);
          });
        }
      }
    }
    expect(linked).toBeGreaterThan(3 * 10 * heuristics.length);
  });
});

describe.each(wholeFormats.map((format) => [format.name, format] as const))(
  'the format %s',
  (_, format) => {
    it('has every number, file and command, and is the same each time', async () => {
      const text = await format.write(report);
      expect(await format.write(report)).toBe(text);
      const cells = report.sections
        .flatMap(({ tables }) => tables)
        .flatMap(({ rows }) => rows.flat());
      for (const { text: shown, source } of cells) {
        if (!/^\d+$/.test(shown) || source === undefined) continue;
        expect(text.includes(shown)).toBe(true);
        expect(text.includes(source.file)).toBe(true);
      }
    });

    it('says so where a set has nothing but one result', async () => {
      const [first] = set.results;
      if (first === undefined) throw new Error('there are no results');
      expect(
        await format.write(reportOf({ results: [first], timings: [], policies: [] })),
      ).toContain(String(first.result.count));
    });
  },
);

describe('crosscountry report', () => {
  it('writes one figure alone: the picture of the README is what it makes', async () => {
    const gap = ['report', folder, '--figure', 'gap', '--format', 'svg'];
    const { code, stdout } = await inProcess(...gap);
    expect(code).toBe(0);
    const picture = fileURLToPath(new URL('../../docs/gap.svg', import.meta.url));
    // Where this fails, results were added: crosscountry report results --figure gap --format svg --out docs/gap.svg
    expect(readFileSync(picture, 'utf8') === stdout).toBe(true);
    for (const name of ['reverse', 'markowitz', 'published', 'best known']) {
      expect(stdout).toContain(`</tspan> ${name}</text>`);
    }
    expect(stdout).not.toMatch(/https?:(?!\/\/www\.w3\.org)|NaN|undefined/);
    const wrong = await inProcess('report', folder, '--figure', 'gapp', '--format', 'svg');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('gap')]);
  });

  it('writes to a file, and refuses what it does not know', async () => {
    await withFiles({}, async (path) => {
      const out = path('report.csv');
      const { code, stdout } = await inProcess('report', folder, '--format', 'csv', '--out', out);
      expect([code, stdout]).toEqual([0, '']);
      expect(existsSync(out)).toBe(true);
      const lines = readFileSync(out, 'utf8').trimEnd().split('\r\n');
      expect(lines[0]).toBe('table,row,column,text,value,detail,mark,file,command,line,low,high');
      expect((await inProcess('report', path('.'))).code).toBe(2);
      expect((await inProcess('report', path('nowhere'))).code).toBe(2);
      expect((await inProcess('report', folder, '--format', 'markdwn')).stderr).toContain(
        'markdown',
      );
    });
  });

  it('compares two sets, and tells by its exit code whether something changed', async () => {
    const [first] = set.results;
    if (first === undefined) throw new Error('there are no results');
    const { result } = first;
    await withFiles(
      {
        'before.json': JSON.stringify(result),
        'now.json': JSON.stringify({ ...result, count: result.count + 1 }),
      },
      async (path) => {
        const before = ['report', path('before.json'), '--against'];
        const same = await inProcess(...before, path('before.json'));
        expect([same.code, same.stdout]).toEqual([0, expect.stringContaining('Nothing that both')]);
        const other = await inProcess(...before, path('now.json'), '--json');
        expect(other.code).toBe(1);
        expect(JSON.parse(other.stdout)).toMatchObject({
          format: 'crosscountry/report',
          comparison: {
            changed: true,
            results: { changes: [{ what: 'count', before: result.count + 1, now: result.count }] },
          },
        });
        for (const { name } of wholeFormats) {
          const { code, stdout } = await inProcess(
            ...before,
            ...[path('now.json'), '--format', name],
          );
          expect(code).toBe(1);
          expect(stdout).toContain(String(result.count + 1));
        }
      },
    );
    expect((await inProcess('report', folder, '--against', 'nowhere')).code).toBe(2);
  });
});
