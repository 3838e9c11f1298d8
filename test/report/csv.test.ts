import { expect, it } from 'vitest';

import { csv } from '../../src/report/formats/csv.ts';
import type { Report } from '../../src/report/types.ts';

const report: Report = {
  title: 'a report',
  text: [],
  sections: [
    {
      ...{ id: 'a', title: 'A', text: [] },
      tables: [
        {
          ...{ id: 'devices', caption: '', notes: [] },
          columns: ['task', 'target', 'time'].map((title) => ({ title, align: 'left' })),
          rows: [
            [{ text: 'g' }, { text: 'webgpu' }, { text: '12', value: 12.25 }],
            [{ text: 'g' }, { text: 'wasm' }, { text: '3', value: 3.5, detail: '1, or 2' }],
          ],
        },
      ],
      figures: [
        {
          ...{ id: 'ratios', caption: '', description: '', joined: 'no' },
          ...{ x: { label: '', scale: 'linear' }, y: { label: '', scale: 'linear' } },
          series: [
            { name: 'wasm', points: [{ x: 1, y: 2, low: 1.5, high: 2.5, label: 'a point' }] },
          ],
        },
      ],
    },
  ],
};

it('keeps the cells of a row together, though rows begin alike, and the ends of intervals', async () => {
  const text = await csv.write(report);
  expect(text.trimEnd().split('\r\n').slice(1)).toEqual([
    'devices,g,target,webgpu,,,,,,1,,',
    'devices,g,time,12,12.25,,,,,1,,',
    'devices,g,target,wasm,,,,,,2,,',
    'devices,g,time,3,3.5,"1, or 2",,,,2,,',
    'ratios,wasm,1,2,2,a point,,,,1,1.5,2.5',
  ]);
});
