/**
 * Where the invocations of a workgroup wait for one another. Within a nest an invocation reads what other
 * nests left and what it made itself; before a nest that reads what another invocation may have written,
 * or writes where another may still read or write, all have to be there. As few as the order of nests
 * allows: each stands as late as it can. O(nests · numbers of ranges between two barriers).
 */
import type { BufferPlace } from './places.ts';

/** A run of numbers in memory. */
export interface MemoryRange extends BufferPlace {
  readonly length: number;
}

/** What one nest does with memory. */
export interface NestMemory {
  readonly reads: readonly MemoryRange[];
  readonly writes: readonly MemoryRange[];
}

/** What is waited for: what lies in workgroup memory, or in buffers. */
export type Barrier = 'workgroup' | 'storage';

/** What a kernel may write, by the barrier that makes it seen. */
const written: Readonly<Record<Barrier, readonly BufferPlace['binding'][]>> = {
  workgroup: ['held'],
  storage: ['outputs', 'scratch'],
};

/** As a statement of WGSL. */
export const barrierText = (barrier: Barrier): string => `${barrier}Barrier();`;

/** By nest: what is waited for before it. */
export function barriersOf(nests: readonly NestMemory[]): readonly (readonly Barrier[])[] {
  const kinds = (Object.keys(written) as Barrier[]).map((barrier) => ({
    barrier,
    isOf: ({ binding }: MemoryRange) => written[barrier].includes(binding),
    reads: [] as MemoryRange[],
    writes: [] as MemoryRange[],
  }));
  return nests.map(({ reads, writes }) =>
    kinds.flatMap((since) => {
      const ownReads = reads.filter(since.isOf);
      const ownWrites = writes.filter(since.isOf);
      const waits =
        meet(ownReads, since.writes) ||
        meet(ownWrites, since.writes) ||
        meet(ownWrites, since.reads);
      since.reads = [...(waits ? [] : since.reads), ...ownReads];
      since.writes = [...(waits ? [] : since.writes), ...ownWrites];
      return waits ? [since.barrier] : [];
    }),
  );
}

const meet = (left: readonly MemoryRange[], right: readonly MemoryRange[]): boolean =>
  left.some((a) =>
    right.some(
      (b) =>
        a.binding === b.binding && a.start < b.start + b.length && b.start < a.start + a.length,
    ),
  );
