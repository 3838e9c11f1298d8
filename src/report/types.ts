/** What a report is made of, whatever format it is written in: texts, tables and figures as data. */
import type { SetComparison } from './comparison/types.ts';

/** Where a number is from. */
export interface Source {
  /** Path of the result file below the set's folder. */
  readonly file: string;
  /** What makes it again. */
  readonly command: string;
}

/** A cell of a table. */
export interface Cell {
  readonly text: string;
  /** The number itself, where it is one. */
  readonly value?: number;
  /** Ratios and the like, smaller, behind the text. */
  readonly detail?: string;
  readonly source?: Source;
  /** The least of its column, or proved to be the least there is. */
  readonly mark?: 'best' | 'proved';
}

/** A column. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A table; the first cell of a row says what it is of. */
export interface Table {
  /** Unique in the report; letters, digits and `-`. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Sentences below it. */
  readonly notes: readonly string[];
}

/** A point of a figure. */
export interface Point {
  readonly x: number;
  readonly y: number | string;
  /** What it is, for whoever points at it. */
  readonly label: string;
  /** Ends of the interval of y, or of x where y is a name. */
  readonly low?: number;
  readonly high?: number;
}

/** Points of one kind. */
export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
}

/** An axis. */
export interface Axis {
  readonly label: string;
  readonly scale: 'linear' | 'logarithmic' | 'names';
}

/** A figure. */
export interface Figure {
  readonly id: string;
  readonly caption: string;
  /** What can be seen, in words, for who can not see it. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** How points of a series are joined, in the order of x: not at all, or level until the next one. */
  readonly joined: 'no' | 'lines' | 'steps';
}

/** A part of a report. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** Paragraphs. */
  readonly text: readonly string[];
  readonly tables: readonly Table[];
  readonly figures: readonly Figure[];
}

/** A report. */
export interface Report {
  readonly title: string;
  readonly text: readonly string[];
  readonly sections: readonly Section[];
  /** What the tables are made of, where two sets are compared. */
  readonly comparison?: SetComparison;
}

/** A way of writing reports down. */
export interface ReportFormat {
  /** Name on the command line. */
  readonly name: string;
  /** One line for help texts. */
  readonly summary: string;
  write(report: Report): string | Promise<string>;
}
