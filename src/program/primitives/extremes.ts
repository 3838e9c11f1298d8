/** Largest and smallest elements along axes; tied elements share the derivative equally. */
import { checkedAxes, listParameter } from '../parameters.ts';
import type { StructuralPrimitive } from '../primitive.ts';
import { dropAxesBlock } from './linear.ts';

function extreme(
  name: 'reduceMax' | 'reduceMin',
  choose: 'max' | 'min',
  summary: string,
): StructuralPrimitive {
  return {
    class: 'structural',
    name,
    summary,
    arity: 1,
    parameters: ['axes'],
    structure: ([shape = []], parameters) => {
      const axes = checkedAxes(name, shape, listParameter(parameters, 'axes'));
      const block = dropAxesBlock(shape, axes);
      return { kind: 'extreme', shape: block.toShape, choose, block };
    },
  };
}

export const extremes: readonly StructuralPrimitive[] = [
  extreme('reduceMax', 'max', 'largest element along `axes`'),
  extreme('reduceMin', 'min', 'smallest element along `axes`'),
];
