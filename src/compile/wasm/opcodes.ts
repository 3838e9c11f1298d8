/**
 * Numbers of the instructions that are used, from the WebAssembly Core Specification 2.0 (section
 * 5.4) and the relaxed SIMD proposal. Vector instructions stand behind the prefix 0xFD.
 */

/** Instructions of one byte. */
export const plain = {
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  brIf: 0x0d,
  call: 0x10,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Const: 0x41,
  i32Load: 0x28,
  i64Load: 0x29,
  i32Store: 0x36,
  i64Store: 0x37,
  i32Eq: 0x46,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32And: 0x71,
  i32Shl: 0x74,
  i32WrapI64: 0xa7,
} as const;

/** The block type of blocks without parameters and results. */
export const emptyBlockType = 0x40;

/** Prefix of the vector instructions. */
export const vectorPrefix = 0xfd;

/** Vector instructions that do not depend on the type of the lanes. */
export const vector = {
  load: 0,
  store: 11,
  const: 12,
  shuffle: 13,
  not: 77,
  and: 78,
  andnot: 79,
  or: 80,
  xor: 81,
  bitselect: 82,
  anyTrue: 83,
} as const;

/** Vector instructions on lanes of real numbers. */
export interface RealInstructions {
  readonly loadSplat: number;
  readonly storeLane: number;
  /** One number into lane 0, the others 0. */
  readonly loadZero: number;
  readonly loadLane: number;
  readonly eq: number;
  readonly ne: number;
  readonly lt: number;
  readonly gt: number;
  readonly le: number;
  readonly ge: number;
  readonly ceil: number;
  readonly floor: number;
  readonly trunc: number;
  readonly nearest: number;
  readonly abs: number;
  readonly neg: number;
  readonly sqrt: number;
  readonly add: number;
  readonly sub: number;
  readonly mul: number;
  readonly div: number;
  readonly min: number;
  readonly max: number;
  readonly pseudoMin: number;
  readonly pseudoMax: number;
  /** a·b + c, rounded once or twice as the machine does it. */
  readonly relaxedMadd: number;
  /** −(a·b) + c. */
  readonly relaxedNmadd: number;
}

/** Vector instructions on lanes of integers of the width of the real lanes. */
export interface IntegerInstructions {
  readonly eq: number;
  readonly ltS: number;
  readonly shl: number;
  readonly shrS: number;
  readonly shrU: number;
  readonly add: number;
  readonly sub: number;
  /** A lane as a number of its width. */
  readonly extractLane: number;
}

/** Two lanes of 64 bits. */
export const f64x2: RealInstructions = {
  loadSplat: 10,
  storeLane: 91,
  loadZero: 93,
  loadLane: 87,
  eq: 71,
  ne: 72,
  lt: 73,
  gt: 74,
  le: 75,
  ge: 76,
  ceil: 0x74,
  floor: 0x75,
  trunc: 0x7a,
  nearest: 0x94,
  abs: 0xec,
  neg: 0xed,
  sqrt: 0xef,
  add: 0xf0,
  sub: 0xf1,
  mul: 0xf2,
  div: 0xf3,
  min: 0xf4,
  max: 0xf5,
  pseudoMin: 0xf6,
  pseudoMax: 0xf7,
  relaxedMadd: 0x107,
  relaxedNmadd: 0x108,
};

/** Four lanes of 32 bits. */
export const f32x4: RealInstructions = {
  loadSplat: 9,
  storeLane: 90,
  loadZero: 92,
  loadLane: 86,
  eq: 65,
  ne: 66,
  lt: 67,
  gt: 68,
  le: 69,
  ge: 70,
  ceil: 0x67,
  floor: 0x68,
  trunc: 0x69,
  nearest: 0x6a,
  abs: 0xe0,
  neg: 0xe1,
  sqrt: 0xe3,
  add: 0xe4,
  sub: 0xe5,
  mul: 0xe6,
  div: 0xe7,
  min: 0xe8,
  max: 0xe9,
  pseudoMin: 0xea,
  pseudoMax: 0xeb,
  relaxedMadd: 0x105,
  relaxedNmadd: 0x106,
};

/** Two lanes of 64 bits. */
export const i64x2: IntegerInstructions = {
  eq: 0xd6,
  ltS: 0xd8,
  shl: 0xcb,
  shrS: 0xcc,
  shrU: 0xcd,
  add: 0xce,
  sub: 0xd1,
  extractLane: 29,
};

/** Four lanes of 32 bits. */
export const i32x4: IntegerInstructions = {
  eq: 55,
  ltS: 57,
  shl: 0xab,
  shrS: 0xac,
  shrU: 0xad,
  add: 0xae,
  sub: 0xb1,
  extractLane: 27,
};

/** Conversion of four 32-bit integers to reals. */
export const convertI32x4ToF32x4 = 0xfa;
