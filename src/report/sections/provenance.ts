/** Where a set is from: versions, commits, locks, machines, dates, and the commands that make it again. */
import type { PolicyProvenance } from '../../results/policy-record.ts';
import type { ResultSet } from '../../results/result-set.ts';
import type { Origin } from '../../results/types.ts';
import type { Cell, Section } from '../types.ts';

type SetOrigin = Pick<Origin, 'package' | 'machine'> & { readonly date: string };

function machineText({ machine }: SetOrigin): string {
  const own = 'browser' in machine ? machine.browser : `${machine.cpu}, Node ${machine.node}`;
  const adapter = machine.adapter === undefined ? '' : `, ${machine.adapter}`;
  return `${own}, ${machine.cores} cores${adapter}`;
}

/** Policies that come with the package do not say where they were trained. */
function originOf({ package: program, machine, date }: PolicyProvenance): SetOrigin | undefined {
  if (program === undefined || machine === undefined || date === undefined) return undefined;
  return { package: program, machine, date };
}

/** The section. */
export function provenanceSection({ results, timings, policies }: ResultSet): Section {
  const origins: SetOrigin[] = [
    ...results.map(({ result }) => result),
    ...timings.map((stored) => stored.timings),
    ...policies.flatMap(({ policy: { provenance } }) => originOf(provenance) ?? []),
  ];
  const groups = new Map<string, SetOrigin[]>();
  for (const origin of origins) {
    const { version, commit, lock } = origin.package;
    const key = JSON.stringify([version, commit, lock, machineText(origin)]);
    groups.set(key, [...(groups.get(key) ?? []), origin]);
  }
  const short = (text: string | null | undefined): string => text?.slice(0, 12) ?? '–';
  const rows = [...groups.values()].flatMap((group): (readonly Cell[])[] => {
    const [first] = group;
    if (first === undefined) return [];
    const dates = group.map(({ date }) => date.slice(0, 10)).toSorted();
    const [from = '', to = ''] = [dates[0], dates.at(-1)];
    return [
      [
        first.package.version,
        short(first.package.commit),
        short(first.package.lock),
        machineText(first),
        from === to ? from : `${from} – ${to}`,
        String(group.length),
      ].map((text) => ({ text })),
    ];
  });
  return {
    id: 'provenance',
    title: 'Where these results are from',
    text: [
      'Every number links to its result file, which has the order, seed and parameters, the machine and the version; the command that makes it again is the link’s title. `crosscountry bench --suite paper` makes counts and searches again, the same on every machine, since their budgets are evaluations, and bounds of its own likewise; searches and bounds whose command has a `--time` may end otherwise on another machine; `crosscountry verify DIR` recounts every order, checks its Jacobian and its bound, and `--replay` runs the proofs’ searches again. Times are of their machine alone.',
    ],
    figures: [],
    tables: [
      {
        id: 'origins',
        caption: 'Programs and machines that made the files',
        columns: [
          { title: 'version', align: 'left' },
          { title: 'commit', align: 'left' },
          { title: 'lock file hash', align: 'left' },
          { title: 'machine', align: 'left' },
          { title: 'made', align: 'left' },
          { title: 'files', align: 'right' },
        ],
        rows,
        notes: [],
      },
    ],
  };
}
