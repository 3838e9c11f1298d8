/** Result files: one found order, with everything needed to check it again. */
import type { VertexId } from '../graph/types.ts';
import type { Granularity } from '../subject/types.ts';

export type { Granularity } from '../subject/types.ts';

/** How an order was found, so that it can be found again. */
export interface StrategyRecord {
  readonly name: string;
  /** Every parameter that has an influence, as plain JSON. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A connected part that safe reductions left of a graph, and what was proved of it. */
export interface ProofPartRecord {
  readonly vertices: readonly VertexId[];
  readonly lower: number;
  readonly upper: number;
  /** What its partitions prove without a search. */
  readonly rootBound: number;
  /** Groups of vertices, for each partition. */
  readonly partitions: readonly (readonly (readonly VertexId[])[])[];
  /** Budgets of the searches, in their order. */
  readonly budgets: readonly number[];
  /** States that the searches expanded together. */
  readonly states: number;
  /** SHA-256 of the partitions' tables, where they have some: the same on every machine. */
  readonly tables?: string | undefined;
}

/** What is needed to run a proof again; `verify` checks the partitions, `--replay` the searches. */
export interface ProofRecord {
  /** Most memory of the table of states, in bytes: it decides what is forgotten. */
  readonly memory: number;
  /** Of the search for partitions. */
  readonly seed?: number | undefined;
  /** How long the proof took, and the time or the evaluations that were given for it. */
  readonly seconds?: number | undefined;
  readonly time?: number | undefined;
  readonly evaluations?: number | undefined;
  /** What runs the proof again; a file's or folder's name comes behind it. */
  readonly replay?: string | undefined;
  readonly parts: readonly ProofPartRecord[];
}

/** A lower bound of the count, and whether it proves the order best. */
export interface BoundRecord {
  readonly lower: number;
  readonly proved: boolean;
  readonly method: string;
  readonly proof?: ProofRecord | undefined;
}

/** The least count of a search after so many evaluations. */
export interface SearchPointRecord {
  readonly evaluations: number;
  readonly count: number;
}

/** What the command line ran on: absent facts are absent, never guessed. */
export interface NodeMachine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  /** Of a graphics adapter, where one took part. */
  readonly adapter?: string | undefined;
}

/** What a page ran on; browsers do not tell the processor. */
export interface BrowserMachine {
  readonly cores: number;
  /** As the browser names itself. */
  readonly browser: string;
  readonly adapter?: string | undefined;
}

/** What ran it. */
export type MachineRecord = NodeMachine | BrowserMachine;

/** The program that made it. */
export interface PackageRecord {
  readonly version: string;
  readonly commit: string | null;
  /** SHA-256 of package-lock.json: which versions of everything else; absent where there is no such file. */
  readonly lock?: string | undefined;
}

/** Where and when a result was made. */
export interface Origin {
  readonly package: PackageRecord;
  readonly machine: MachineRecord;
  /** ISO 8601, UTC. */
  readonly date: string;
}

/** One result; never changed once it is written. */
export interface ResultFile extends Origin {
  readonly format: 'crosscountry/result';
  readonly version: 1;
  readonly subject: string;
  /** SHA-256 of the canonical form of the graph that was counted. */
  readonly graphHash: string;
  /** Name of the cost model. */
  readonly cost: string;
  readonly granularity: Granularity;
  readonly order: readonly VertexId[];
  readonly count: number;
  readonly strategy: StrategyRecord;
  /** `null` where nothing was random. */
  readonly seed: number | null;
  readonly seconds: number;
  /** Orders counted to find this one. */
  readonly evaluations: number;
  /** How the count fell while it was searched for: a point each time. */
  readonly curve?: readonly SearchPointRecord[] | undefined;
  readonly bound?: BoundRecord | undefined;
  /** The counted graph as a graph file, where the subject is no task. */
  readonly graph?: unknown;
}
