/**
 * Where the values of a Program with axes lie: inputs and outputs in their own buffers, everything else
 * that is stored in memory that a workgroup holds, as far as there is any and no other kernel reads it,
 * or in numbers of the scratch buffer. Both are given away again after the last nest that reads them.
 */
import { elementCount } from '../../../program/shapes.ts';
import type { Program, ValueId } from '../../../program/types.ts';
import { reference, valueId } from '../../../program/values.ts';
import type { BindingName } from '../../shader.ts';
import { shapeOf } from '../../shapes.ts';
import type { TensorPartition } from './partition.ts';
import { Scratch } from './scratch.ts';

/** A run of numbers of one buffer, or of workgroup memory. */
export interface BufferPlace {
  readonly binding: Exclude<BindingName, 'places'> | 'held';
  /** First number, a point's numbers counted in a row. */
  readonly start: number;
}

/** Where everything lies. */
export interface TensorPlaces {
  /** Of all values that lie in memory. */
  readonly values: ReadonlyMap<ValueId, BufferPlace>;
  readonly scratchTotal: number;
  /** By kernel: numbers of workgroup memory. */
  readonly heldTotals: readonly number[];
}

/**
 * Places for all values; `mostHeld` numbers at most are held by a workgroup, none if left out.
 * O(size of the Program · gaps of the scratch buffer).
 * @param program whose outputs are values of equations, each of another
 */
export function placesOf(
  program: Program,
  { kernels }: TensorPartition,
  mostHeld = 0,
): TensorPlaces {
  const values = new Map<ValueId, BufferPlace>();
  const countOf = (id: ValueId): number => elementCount(shapeOf(program, reference(id)));
  let start = 0;
  program.inputs.forEach((_, index) => {
    const id = valueId(index);
    values.set(id, { binding: 'inputs', start });
    start += countOf(id);
  });
  start = 0;
  for (const { operand } of program.outputs) {
    if (operand.kind === 'literal') throw new Error('an output is no value of an equation');
    values.set(operand.id, { binding: 'outputs', start });
    start += countOf(operand.id);
  }
  const nests = kernels.flatMap((kernel, k) =>
    kernel.nests.map((nest) => ({ ...nest, kernel: k })),
  );
  const lastRead = new Map<ValueId, number>();
  nests.forEach(({ stored, reads }, nest) => {
    for (const id of [...stored, ...reads]) lastRead.set(id, nest);
  });
  const scratch = new Scratch();
  const held = kernels.map(() => new Scratch(mostHeld));
  const placed = (id: ValueId, kernel: number): BufferPlace => {
    const count = countOf(id);
    const lastKernel = nests[lastRead.get(id) ?? 0]?.kernel;
    const start = lastKernel === kernel ? held[kernel]?.takeIfRoom(count) : undefined;
    if (start !== undefined) return { binding: 'held', start };
    return { binding: 'scratch', start: scratch.take(count) };
  };
  nests.forEach(({ stored, reads, kernel }, nest) => {
    for (const id of stored) if (!values.has(id)) values.set(id, placed(id, kernel));
    // Only now: a nest reads elements after it has stored others.
    for (const id of [...stored, ...reads]) {
      const place = values.get(id);
      if (place === undefined || lastRead.get(id) !== nest) continue;
      const giver = { scratch, held: held[kernel], inputs: undefined, outputs: undefined };
      if (place.binding !== 'constants') giver[place.binding]?.giveBack(place.start, countOf(id));
    }
  });
  return { values, scratchTotal: scratch.total, heldTotals: held.map(({ total }) => total) };
}
