/**
 * The compiled core as a typed module instance. What each export does is told in assembly/index.ts.
 * Pointers are byte addresses; a call may grow memory, which detaches every view made before.
 */
import { coreBytes } from '#core-bytes';

/**
 * The part of the WebAssembly interface that is used here. Node's types lack it, and the DOM's would
 * bring a browser into every file.
 */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
  readonly Memory: new (descriptor: { readonly initial: number }) => CoreMemory;
};

/** The core's memory; `buffer` is another one after each growth. */
export interface CoreMemory {
  readonly buffer: ArrayBuffer;
}

/** Reasons for a call to stop early, as in assembly/layout.ts. */
export const stopReasons = { none: 0, composeMissing: 1, addMissing: 2, noMemory: 3 } as const;

/** Representations of a graph in the core, as in assembly/layout.ts. */
export const graphKinds = { twoWords: 2, threeWords: 3, wideRows: 4, lists: 5 } as const;

/** Functions of the core. Pointers and counts are unsigned 32-bit, returned as signed by WASM. */
export interface CoreFunctions {
  allocate(bytes: number): number;
  release(pointer: number): void;
  bytesInUse(): number;
  createGraph(
    vertices: number,
    edges: number,
    edgeCount: number,
    eliminable: number,
    eliminableCount: number,
    outputs: number,
    outputCount: number,
    tables: number,
    atLeast: number,
  ): number;
  disposeGraph(graph: number): void;
  kindOf(graph: number): number;
  count(graph: number, orders: number, length: number, number: number, results: number): number;
  steps(graph: number, order: number, length: number, results: number): number;
  markowitz(graph: number, high: number, order: number): void;
  greedy(graph: number, weights: number, offsets: number, high: number, order: number): number;
  startWalk(graph: number): void;
  walk(
    graph: number,
    order: number,
    length: number,
    costs: number,
    neighbours: number,
    room: number,
  ): number;
  localEdges(graph: number, vertices: number, count: number, edges: number, room: number): number;
  stopReason(graph: number): number;
  missingLeft(graph: number): number;
  missingRight(graph: number): number;
  createTables(shift: number): number;
  growTables(tables: number, shift: number): number;
  setCost(tables: number, index: number, cost: number): number;
  setEntry(
    tables: number,
    isAdd: number,
    left: number,
    right: number,
    state: number,
    costIndex: number,
  ): void;
  disposeTables(tables: number): void;
  createAnnealer(graph: number, tries: number, farthest: number, logarithms: number): number;
  disposeAnnealer(annealer: number): void;
  startAnnealer(annealer: number, order: number, seed: number): number;
  anneal(annealer: number, limit: number, temperature: number): number;
  isSweeping(annealer: number): number;
  currentCost(annealer: number): number;
  bestCost(annealer: number): number;
  currentOrder(annealer: number): number;
  bestOrder(annealer: number): number;
  createInterned(
    vertices: number,
    nodes: number,
    nodeCount: number,
    edges: number,
    edgeCount: number,
    operands: number,
    operandCount: number,
    outputs: number,
    outputCount: number,
    results: number,
    resultCount: number,
  ): number;
  disposeInterned(values: number): void;
  createInternedAnnealer(values: number, length: number, tries: number): number;
  disposeInternedAnnealer(annealer: number): void;
  startInternedAnnealer(annealer: number, order: number, seed: number): number;
  annealInterned(annealer: number, limit: number, temperature: number): number;
  isSweepingInterned(annealer: number): number;
  internedCost(annealer: number): number;
  bestInternedCost(annealer: number): number;
  internedOrder(annealer: number): number;
  bestInternedOrder(annealer: number): number;
  countInterned(
    values: number,
    orders: number,
    length: number,
    number: number,
    results: number,
  ): number;
}

/** An instance of the core: its functions and its memory. */
export interface Core extends CoreFunctions {
  readonly memory: CoreMemory;
}

const functionNames: readonly (keyof CoreFunctions)[] = [
  'allocate',
  'release',
  'bytesInUse',
  'createGraph',
  'disposeGraph',
  'kindOf',
  'count',
  'steps',
  'markowitz',
  'greedy',
  'startWalk',
  'walk',
  'localEdges',
  'stopReason',
  'missingLeft',
  'missingRight',
  'createTables',
  'growTables',
  'setCost',
  'setEntry',
  'disposeTables',
  'createAnnealer',
  'disposeAnnealer',
  'startAnnealer',
  'anneal',
  'isSweeping',
  'currentCost',
  'bestCost',
  'currentOrder',
  'bestOrder',
  'createInterned',
  'disposeInterned',
  'countInterned',
  'annealInterned',
  'bestInternedCost',
  'bestInternedOrder',
  'createInternedAnnealer',
  'disposeInternedAnnealer',
  'internedCost',
  'internedOrder',
  'isSweepingInterned',
  'startInternedAnnealer',
];

function isCore(exports: object): exports is Core {
  const entries = new Map<string, unknown>(Object.entries(exports));
  return (
    entries.get('memory') instanceof WebAssembly.Memory &&
    functionNames.every((name) => typeof entries.get(name) === 'function')
  );
}

let compiled: object | undefined;

/** A fresh instance with a memory of its own; the module is compiled once a process. */
export function instantiateCore(): Core {
  compiled ??= new WebAssembly.Module(
    Uint8Array.from(atob(coreBytes), (character) => character.charCodeAt(0)),
  );
  const { exports } = new WebAssembly.Instance(compiled);
  if (!isCore(exports)) {
    throw new Error('build/core.wasm is not the core of this version; run npm run build');
  }
  return exports;
}
