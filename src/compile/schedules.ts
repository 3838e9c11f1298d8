/**
 * Ways to order the statements of straight-line code, which all compute the same bits. Which is faster
 * depends on the Program and the machine: where the fastest of several Programs is looked for, each
 * is tried.
 */
export const schedules = [
  /** From the results back: of each result what it needs, the operand that needs most registers first. */
  'by need',
  /**
   * From the inputs on: while registers are free, of what takes none the one on the longest path, else what
   * frees most. Code of more than 4,000 statements is ordered by need instead.
   */
  'few live',
  /** As the Program has it, in one basic block: the engine orders as it likes. */
  'as found',
] as const;

/** See `schedules`. */
export type Schedule = (typeof schedules)[number];
