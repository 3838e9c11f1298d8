/** What one timing gave: tables, what makes it doubtful, and its file. */
import type { TimingWarning } from '../../src/bench/types.ts';
import type { Questions, TimerEntry } from '../protocol.ts';
import { adapterText, deviceTable } from './device-table.ts';
import { counted, html, saveFile, sentence } from './elements.ts';
import { timesTable } from './times-table.ts';

/** A section; a later one of the same timer has the same id. */
export function timingReport(
  { key, label }: Pick<TimerEntry, 'key' | 'label'>,
  { outcome, file }: Questions['time']['answer'],
  { batch, labelOf }: { readonly batch: number; readonly labelOf: (order: string) => string },
): HTMLElement {
  const { rows, rounds, warnings } = outcome;
  const adapter = adapterText(rows);
  const devices = deviceTable(rows, label, labelOf);
  const heading = html('h3', { id: `timed-${key}-heading` }, `On ${label}`);
  const save = html(
    'button',
    { type: 'button', class: 'quiet' },
    `Save the timings file of ${label}`,
  );
  save.addEventListener('click', () => {
    saveFile(file);
  });
  return html(
    'section',
    { id: `timed-${key}`, 'aria-labelledby': heading.id },
    heading,
    html(
      'p',
      { class: 'note' },
      `${adapter === undefined ? '' : `Adapter: ${adapter}. `}${counted(batch, 'point')} a call, ${counted(rounds, 'round')}.`,
    ),
    timesTable(rows, label, labelOf),
    ...(devices === undefined ? [] : [devices]),
    ...warnings.map((warning) => html('p', { class: 'note' }, warningText(warning))),
    save,
  );
}

/** A warning with the remedy that a page has. */
function warningText({ kind, message }: TimingWarning): string {
  const [what = message] = message.split(';');
  return kind === 'noisy'
    ? `${sentence(what)} Close other programs and time it again.`
    : sentence(message);
}
