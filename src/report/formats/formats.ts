/** The list of report formats. A new one is a file beside this and a line here. */
import type { ReportFormat } from '../types.ts';
import { csv } from './csv.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { latex } from './latex.ts';
import { markdown } from './markdown.ts';
import { svg } from './svg.ts';

/** Every format. */
export const reportFormats: readonly ReportFormat[] = [markdown, latex, csv, html, json, svg];
