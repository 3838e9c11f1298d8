/**
 * Straight-line code in short basic blocks. TurboFan, which optimises WebAssembly in V8 as Node 20 has it,
 * keeps no order of operations within a block: it puts each as late as its uses allow, level by level
 * from the end of the block back (its ScheduleLate phase), so that in a long block most values wait in
 * memory for their use. It keeps the order of blocks. A branch that is never taken ends one: on
 * RoeFlux_1d 110 of 430 moves between registers and memory go, and a sixth of the time.
 */
import type { FunctionEmitter } from './emitter.ts';
import { plain } from './opcodes.ts';

/** Statements of a block: 16 to 48 are about as fast. */
export const blockStatements = 32;

/**
 * Ends a block and begins another.
 * @param emitter of the function
 * @param at where the branch stands
 * @param at.inputs local of an address of numbers, which is never odd
 * @param at.exit label that the branch would go to
 * @param block number of the block; two with one condition would let the engine drop the second
 */
export function beginBlock(
  emitter: FunctionEmitter,
  at: { readonly inputs: number; readonly exit: number },
  block: number,
): void {
  emitter.indexed(plain.localGet, at.inputs);
  emitter.i32(-1 - 2 * block);
  emitter.op(plain.i32Eq);
  emitter.indexed(plain.brIf, at.exit);
}
