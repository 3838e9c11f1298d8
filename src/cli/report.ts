/** `crosscountry report`: tables and figures from result files. */
import { dirname, posix, relative, resolve, sep } from 'node:path';

import { compareSets } from '../report/comparison/compare.ts';
import { comparisonReport } from '../report/comparison/comparison-report.ts';
import { reportFormats } from '../report/formats/formats.ts';
import { reportOf } from '../report/report.ts';
import type { Report, ReportFormat } from '../report/types.ts';
import { readResultSet, type ResultSet } from '../results/result-set.ts';
import { writeWhole } from '../results/store.ts';
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import { requireWritable } from './search-options.ts';
import { usageError, type Verb } from './verb.ts';

const formatHelp = reportFormats.map(({ name, summary }) => `${name} (${summary})`).join('; ');

/** The verb. */
export const reportVerb: Verb = {
  positionals: 'DIR',
  arity: [1, 1],
  summary:
    'Makes tables and figures from a folder of result files: the paper’s table, every heuristic, best\n' +
    'orders and bounds, run times. Every number links to its file and to the command that makes it\n' +
    'again. The same files give the same report.',
  options: {
    format: { type: 'text', value: 'FORMAT', describe: `${formatHelp} (markdown)` },
    against: {
      type: 'text',
      value: 'DIR',
      describe:
        'compare with this earlier set instead: what changed beyond noise, and what only one has; exit code 1 where something changed',
    },
    figure: {
      type: 'text',
      value: 'ID',
      describe: 'only this figure: by the id that the HTML page gives it, such as gap',
    },
    out: { type: 'text', value: 'FILE', describe: 'write to this file' },
  },
  examples: [
    ['crosscountry report results --out results/README.md', 'the published tables'],
    ['crosscountry report results --format csv', 'for a script'],
    ['crosscountry report results --figure gap --format svg --out docs/gap.svg', 'a figure'],
    ['crosscountry report my-results --against results', 'whether a run gave the same'],
  ],
  run: async (given, io) => {
    const format = formatNamed(given.text('format') ?? (given.flag('json') ? 'json' : 'markdown'));
    if (given.flag('json') && format.name !== 'json') {
      throw usageError('--json is --format json; leave one of the two out');
    }
    const out = given.text('out');
    if (out !== undefined) await requireWritable(out);
    const read = async (folder: string): Promise<ResultSet> =>
      linkedFrom(await filledSet(folder), linkPlace(folder, out));
    const set = await read(given.positionals[0] ?? '');
    const against = given.text('against');
    const report =
      against === undefined
        ? reportOf(set)
        : comparisonReport(compareSets(await read(against), set));
    const figure = given.text('figure');
    const text = await format.write(figure === undefined ? report : onlyFigure(report, figure));
    if (out === undefined) io.stdout(text);
    else {
      await writeWhole(out, text);
      if (!given.flag('quiet')) io.stderr(`wrote ${out}\n`);
    }
    return report.comparison?.changed === true ? 1 : 0;
  },
};

/**
 * A report without everything but one figure.
 * @throws UserError where there is no such figure
 */
function onlyFigure(report: Report, id: string): Report {
  const all = report.sections.flatMap(({ figures }) => figures);
  if (all.every((figure) => figure.id !== id)) {
    const ids = all.map((figure) => figure.id);
    throw usageError(
      `this report has no figure ${JSON.stringify(id)}; its figures are ${ids.join(', ') || 'none'}.${suggestion(id, ids)}`,
    );
  }
  return {
    ...report,
    sections: report.sections.flatMap((section) => {
      const figures = section.figures.filter((figure) => figure.id === id);
      return figures.length === 0 ? [] : [{ ...section, tables: [], figures }];
    }),
  };
}

/** A set that is there. */
async function filledSet(folder: string): Promise<ResultSet> {
  const set = await readResultSet(folder);
  if (set.results.length + set.timings.length > 0) return set;
  throw new UserError({
    code: 'report-empty',
    message: 'there are no results here; crosscountry bench makes some',
    file: folder,
  });
}

/** Where a folder lies, seen from the report's own. */
function linkPlace(folder: string, out: string | undefined): string {
  if (out === undefined) return '';
  return relative(dirname(resolve(out)), resolve(folder))
    .split(sep)
    .join('/');
}

/** The set with its paths as they are from somewhere else, where a report will stand. */
function linkedFrom({ results, timings, policies }: ResultSet, place: string): ResultSet {
  const moved = <T extends { readonly path: string }>(stored: T): T => ({
    ...stored,
    path: posix.join(place, stored.path),
  });
  return {
    results: results.map(moved),
    timings: timings.map(moved),
    policies: policies.map(moved),
  };
}

function formatNamed(name: string): ReportFormat {
  const found = reportFormats.find((format) => format.name === name);
  if (found !== undefined) return found;
  const names = reportFormats.map((format) => format.name);
  throw usageError(
    `there is no report format ${JSON.stringify(name)}; use one of ${names.join(', ')}.${suggestion(name, names)}`,
  );
}
