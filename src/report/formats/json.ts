/** JSON: the report as it is, tables and figures as data. */
import { jsonText } from '../../results/json-text.ts';
import type { ReportFormat } from '../types.ts';

/** The format. */
export const json: ReportFormat = {
  name: 'json',
  summary: 'tables and figures as data',
  write: (report) => jsonText({ format: 'crosscountry/report', version: 1, ...report }),
};
