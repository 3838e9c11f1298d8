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
export const stopReasons = {
  none: 0,
  composeMissing: 1,
  addMissing: 2,
  noMemory: 3,
  leaf: 4,
} as const;

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
  createPlay(graph: number, tracking: number): number;
  disposePlay(play: number): void;
  resetPlay(play: number): void;
  seedPlay(play: number, seed: number): void;
  createSnapshot(play: number): number;
  savePosition(play: number, snapshot: number): void;
  restorePosition(play: number, snapshot: number): void;
  playMove(play: number, vertex: number): number;
  rollOut(
    play: number,
    policy: number,
    temperature: number,
    share: number,
    number: number,
    results: number,
  ): number;
  forgetBest(play: number): void;
  playCost(play: number): number;
  playLength(play: number): number;
  playOrder(play: number): number;
  playRemaining(play: number): number;
  playMarkowitz(play: number): number;
  playDamage(play: number): number;
  playDegrees(play: number): number;
  bestRollout(play: number): number;
  bestRolloutCost(play: number): number;
  beamBytes(play: number, width: number): number;
  createBeam(play: number, width: number): number;
  disposeBeam(beam: number): void;
  startBeam(beam: number, limit: number, weight: number, byChance: number, seed: number): void;
  narrowBeam(beam: number): void;
  extendBeam(beam: number, most: number): number;
  bestOfBeam(beam: number): void;
  isBeamCut(beam: number): number;
  createGreedy(play: number, depth: number, breadth: number): number;
  disposeGreedy(greedy: number): void;
  startGreedy(greedy: number, weight: number, seed: number): void;
  extendGreedy(greedy: number, most: number): number;
  createNested(play: number, levels: number, iterations: number): number;
  disposeNested(nested: number): void;
  startNested(nested: number, rate: number, strength: number, weight: number, seed: number): void;
  searchNested(nested: number, most: number): number;
  isNestedFinished(nested: number): number;
  bestNestedCost(nested: number): number;
  bestNestedOrder(nested: number): number;
  nestedPolicy(nested: number, level: number): number;
  createNetwork(play: number): number;
  evaluatePosition(play: number): number;
  expectedRest(play: number): number;
  networkWeights(play: number): number;
  networkStatics(play: number): number;
  networkFeatures(play: number): number;
  networkEdges(play: number, edges: number, room: number): number;
  networkLogits(play: number): number;
  networkCosts(play: number): number;
  setNetworkUnit(play: number, unit: number): void;
  pricePerProduct(play: number): number;
  createSearch(
    play: number,
    method: number,
    prior: number,
    priorTemperature: number,
    rollout: number,
    rolloutTemperature: number,
    exploration: number,
    considered: number,
    bytes: number,
  ): number;
  disposeSearch(search: number): void;
  startSearch(search: number, seed: number): void;
  hostScores(search: number): number;
  answerLeaf(search: number, rest: number): void;
  prepareRoot(search: number): number;
  beginMove(search: number, simulations: number): void;
  searchMove(search: number, number: number): number;
  playChosen(search: number): number;
  rootRemaining(search: number): number;
  rootNode(search: number): number;
  rootPolicy(search: number): number;
  nodesInUse(search: number): number;
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
  'createPlay',
  'disposePlay',
  'resetPlay',
  'seedPlay',
  'createSnapshot',
  'savePosition',
  'restorePosition',
  'playMove',
  'rollOut',
  'forgetBest',
  'playCost',
  'playLength',
  'playOrder',
  'playRemaining',
  'playMarkowitz',
  'playDamage',
  'playDegrees',
  'bestRollout',
  'bestRolloutCost',
  'beamBytes',
  'createBeam',
  'disposeBeam',
  'startBeam',
  'narrowBeam',
  'extendBeam',
  'bestOfBeam',
  'isBeamCut',
  'createGreedy',
  'disposeGreedy',
  'startGreedy',
  'extendGreedy',
  'createNested',
  'disposeNested',
  'startNested',
  'searchNested',
  'isNestedFinished',
  'bestNestedCost',
  'bestNestedOrder',
  'nestedPolicy',
  'createNetwork',
  'evaluatePosition',
  'expectedRest',
  'networkWeights',
  'networkStatics',
  'networkFeatures',
  'networkEdges',
  'networkLogits',
  'networkCosts',
  'setNetworkUnit',
  'pricePerProduct',
  'createSearch',
  'disposeSearch',
  'startSearch',
  'hostScores',
  'answerLeaf',
  'prepareRoot',
  'beginMove',
  'searchMove',
  'playChosen',
  'rootRemaining',
  'rootNode',
  'rootPolicy',
  'nodesInUse',
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
