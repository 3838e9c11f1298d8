/** The parts of a network's weights as constants of an ONNX model. */
import type { WeightPart } from '../../core/network-types.ts';
import type { OnnxModel } from './model.ts';

/** Adds all parts; they are found by their names. */
export function weightConstants(
  model: OnnxModel,
  weights: Float32Array,
  parts: readonly WeightPart[],
): (name: string) => string {
  let next = 0;
  const names = new Set<string>();
  for (const { name, rows, columns } of parts) {
    const end = next + rows * columns;
    names.add(model.floats(name, [rows, columns], weights.subarray(next, end)));
    next = end;
  }
  return (name) => {
    if (!names.has(name)) throw new Error(`the network has no part ${name}`);
    return name;
  };
}
