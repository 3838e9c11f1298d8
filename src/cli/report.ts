/** `crosscountry report`: tables and figures from result files. */
import { dirname, posix, relative, resolve, sep } from 'node:path';

import { reportFormats } from '../report/formats/formats.ts';
import { reportOf } from '../report/report.ts';
import type { ReportFormat } from '../report/types.ts';
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
    out: { type: 'text', value: 'FILE', describe: 'write to this file' },
  },
  examples: [
    ['crosscountry report results --out results/README.md', 'the published tables'],
    ['crosscountry report results --format csv', 'for a script'],
  ],
  run: async (given, io) => {
    const format = formatNamed(given.text('format') ?? (given.flag('json') ? 'json' : 'markdown'));
    if (given.flag('json') && format.name !== 'json') {
      throw usageError('--json is --format json; leave one of the two out');
    }
    const out = given.text('out');
    if (out !== undefined) await requireWritable(out);
    const folder = given.positionals[0] ?? '';
    const set = await readResultSet(folder);
    if (set.results.length + set.timings.length === 0) {
      throw new UserError({
        code: 'report-empty',
        message: 'there are no results here; crosscountry bench makes some',
        file: folder,
      });
    }
    const links = out === undefined ? '' : relative(dirname(resolve(out)), resolve(folder));
    const text = await format.write(reportOf(linkedFrom(set, links.split(sep).join('/'))));
    if (out === undefined) {
      io.stdout(text);
      return 0;
    }
    await writeWhole(out, text);
    if (!given.flag('quiet')) io.stderr(`wrote ${out}\n`);
    return 0;
  },
};

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
