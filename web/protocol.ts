/**
 * What the page and its laboratory say to each other. The laboratory is a worker that does all the
 * computing; the page asks and draws. Structured clones: plain data only.
 */
import type { EliminationStep } from '../src/core/fill-in.ts';
import type { ErrorText } from './laboratory/errors.ts';
import type { VertexKind } from '../src/graph/types.ts';
import type { BoundRecord } from '../src/results/types.ts';
import type { TimingOutcome } from '../src/bench/suite.ts';

/** A task as the list shows it; nothing is traced for that. */
export interface TaskEntry {
  readonly name: string;
  readonly suite: 'paper' | 'extra';
  readonly source: string;
}

/** A way of counting. */
export interface CostEntry {
  readonly name: string;
  readonly summary: string;
}

/** What can be chosen. */
export interface Catalogue {
  readonly tasks: readonly TaskEntry[];
  readonly costs: readonly CostEntry[];
  readonly version: string;
}

/** A thing to time on: there, or not there, with why and what to do. */
export interface TimerEntry {
  readonly key: string;
  /** Behind "time on". */
  readonly label: string;
  readonly missing: string | undefined;
}

/** What is counted: a task under a cost model. */
export interface Counted {
  readonly task: string;
  readonly cost: string;
}

/** Name of an order: a heuristic's, `published`, `best` (the stored one) or `annealed` (found here). */
export type OrderName = string;

/** An order and its count. */
export interface OrderCount {
  readonly name: OrderName;
  readonly label: string;
  readonly count: number;
  /** The figure that the paper prints, where it prints one. */
  readonly printed: number | undefined;
}

/** A vertex where it is drawn: `along` grows with the distance from inputs, `across` beside it. */
export interface PlacedVertex {
  readonly id: string;
  readonly kind: VertexKind;
  readonly operation: string | undefined;
  readonly shape: readonly number[];
  readonly along: number;
  readonly across: number;
  /** Whether it has to be eliminated. */
  readonly eliminable: boolean;
}

/** An edge of the graph where it is drawn: points [along, across] from its tail to its head. */
export interface RoutedEdge {
  readonly from: number;
  readonly to: number;
  readonly points: readonly (readonly [along: number, across: number])[];
}

/** A graph with its orders. */
export interface OpenedSubject extends Counted {
  readonly source: string;
  readonly vertices: readonly PlacedVertex[];
  readonly edges: readonly RoutedEdge[];
  readonly along: number;
  readonly across: number;
  readonly orders: readonly OrderCount[];
  /** Of the count: the stored bound, without its proof. */
  readonly bound: Omit<BoundRecord, 'proof'> | undefined;
}

/** An elimination to be played; vertices are places in `OpenedSubject.vertices`. */
export interface PlayedOrder {
  readonly steps: readonly EliminationStep[];
  readonly edges: readonly PlayedEdge[];
}

/** An edge, after how many steps it appears, and after how many it is gone. */
export interface PlayedEdge {
  readonly from: number;
  readonly to: number;
  readonly born: number;
  readonly died: number;
}

/** A better order was found. */
export interface FoundOrder {
  readonly seconds: number;
  readonly count: number;
}

/** News of an annealing. */
export interface AnnealNews {
  readonly share: number;
  readonly evaluations: number;
  readonly found: readonly FoundOrder[];
}

/** How an annealing ended. */
export interface AnnealEnd {
  readonly order: OrderCount;
  readonly seconds: number;
  readonly evaluations: number;
}

/** News of a timing. */
export interface TimingNews {
  readonly phase: 'build' | 'time';
  readonly share: number;
}

/** A file to be saved. */
export interface SavedFile {
  readonly name: string;
  readonly text: string;
}

/** What can be asked for: by name, what is given, what comes meanwhile, and what comes in the end. */
export interface Questions {
  readonly catalogue: { given: null; news: never; answer: Catalogue };
  /** Apart from the catalogue: a browser may take long to find its GPU. */
  readonly timers: { given: null; news: never; answer: readonly TimerEntry[] };
  readonly open: { given: Counted; news: never; answer: OpenedSubject };
  readonly play: { given: Counted & { order: OrderName }; news: never; answer: PlayedOrder };
  readonly anneal: {
    given: Counted & { seconds: number; seed: number };
    news: AnnealNews;
    answer: AnnealEnd;
  };
  readonly result: { given: Counted & { order: OrderName }; news: never; answer: SavedFile };
  readonly time: {
    given: Counted & { timer: string; orders: readonly OrderName[]; batch: number };
    news: TimingNews;
    answer: { readonly outcome: TimingOutcome; readonly file: SavedFile };
  };
}

/** Name of a question. */
export type Question = keyof Questions;

/** To the laboratory. */
export type ToLaboratory =
  | {
      [Kind in Question]: {
        readonly kind: 'ask';
        readonly number: number;
        readonly question: Kind;
        readonly given: Questions[Kind]['given'];
      };
    }[Question]
  /** Ends what was asked under that number early, with what it has. */
  | { readonly kind: 'stop'; readonly number: number };

/** From the laboratory. */
export type FromLaboratory =
  | {
      [Kind in Question]:
        | {
            readonly kind: 'news';
            readonly number: number;
            readonly question: Kind;
            readonly news: Questions[Kind]['news'];
          }
        | {
            readonly kind: 'answer';
            readonly number: number;
            readonly question: Kind;
            readonly answer: Questions[Kind]['answer'];
          };
    }[Question]
  | { readonly kind: 'failed'; readonly number: number; readonly error: ErrorText };
