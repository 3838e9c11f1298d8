/**
 * Where the values of a Program with axes lie: inputs and outputs in their own buffers, everything else
 * that is stored in numbers of the scratch buffer, which are given away again after the last nest that
 * reads them.
 */
import { elementCount } from '../../../program/shapes.ts';
import type { Program, ValueId } from '../../../program/types.ts';
import { reference, valueId } from '../../../program/values.ts';
import type { BindingName } from '../../shader.ts';
import { shapeOf } from '../../shapes.ts';
import type { TensorPartition } from './partition.ts';
import { Scratch } from './scratch.ts';

/** A run of numbers of one buffer. */
export interface BufferPlace {
  readonly binding: Exclude<BindingName, 'places'>;
  /** First number, a point's numbers counted in a row. */
  readonly start: number;
}

/** Where everything lies. */
export interface TensorPlaces {
  /** Of all values that lie in memory. */
  readonly values: ReadonlyMap<ValueId, BufferPlace>;
  readonly scratchTotal: number;
}

/**
 * Places for all values. O(size of the Program · gaps of the scratch buffer).
 * @param program whose outputs are values of equations, each of another
 */
export function placesOf(program: Program, { kernels }: TensorPartition): TensorPlaces {
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
  const nests = kernels.flatMap((kernel) => kernel.nests);
  const lastRead = new Map<ValueId, number>();
  nests.forEach(({ stored, reads }, nest) => {
    for (const id of [...stored, ...reads]) lastRead.set(id, nest);
  });
  const scratch = new Scratch();
  nests.forEach(({ stored, reads }, nest) => {
    for (const id of stored) {
      if (!values.has(id)) {
        values.set(id, { binding: 'scratch', start: scratch.take(countOf(id)) });
      }
    }
    // Only now: a nest reads elements after it has stored others.
    for (const id of [...stored, ...reads]) {
      const place = values.get(id);
      if (place?.binding !== 'scratch' || lastRead.get(id) !== nest) continue;
      scratch.giveBack(place.start, countOf(id));
    }
  });
  return { values, scratchTotal: scratch.total };
}
