/**
 * The message-passing network as an ONNX model. Inputs: `features` [rows, 24] and `edges` [edges, 2], rows
 * from and to, as src/core/network-types.ts has them; outputs: `logits` [rows] and `costs` [rows], in units.
 */
import { networkSizes, weightParts } from '../../../core/network-types.ts';
import { OnnxModel } from '../../onnx/model.ts';
import { weightConstants } from '../../onnx/weights.ts';
import { mostExponent } from './forward.ts';

/** The bytes of a model file. */
export function messagePassingOnnx(weights: Float32Array): Uint8Array {
  const model = new OnnxModel('message-passing');
  const features = model.input('features', 'float', ['rows', networkSizes.features]);
  const edges = model.input('edges', 'int64', ['edges', 2]);
  const part = weightConstants(model, weights, weightParts);
  const first = model.integers('first', [0]);
  const second = model.integers('second', [1]);
  const one = model.floats('one', [], Float32Array.of(1));

  /** Rows at one end of the edges, [edges], and as a column, [edges, 1]. */
  const endOf = (end: string) => {
    const column = model.node('Gather', [edges, end], { axis: 1 });
    return { rows: model.node('Squeeze', [column, second]), column };
  };
  const from = endOf(first);
  const to = endOf(second);

  /** A matrix as large as another, and all of it 0. */
  const zerosLike = (matrix: string): string => model.node('Sub', [matrix, matrix]);
  const noCount = model.node('ReduceMean', [zerosLike(features)], { axes: [1], keepdims: 1 });
  const singles = model.node('Add', [zerosLike(model.node('Cast', [from.column], { to: 1 })), one]);
  /** Means over the rows at the other end. */
  const meansOver = (source: typeof from, target: typeof from) => {
    const sumInto = (nothing: string, what: string): string =>
      model.node('ScatterND', [nothing, target.column, what], { reduction: 'add' });
    const counts = model.node('Max', [sumInto(noCount, singles), one]);
    return (hidden: string): string => {
      const moved = model.node('Gather', [hidden, source.rows], { axis: 0 });
      return model.node('Div', [sumInto(zerosLike(hidden), moved), counts]);
    };
  };
  const before = meansOver(from, to);
  const after = meansOver(to, from);

  const dense = (x: string, name: string): string => {
    const product = model.node('MatMul', [x, part(`${name}.matrix`)]);
    return model.node('Relu', [model.node('Add', [product, part(`${name}.bias`)])]);
  };
  let hidden = dense(features, 'embedding');
  for (let round = 0; round < networkSizes.rounds; round += 1) {
    const joined = model.node('Concat', [hidden, before(hidden), after(hidden)], { axis: 1 });
    hidden = model.node('Add', [hidden, dense(joined, `round${round}`)]);
  }
  const head = (name: string): string => {
    const fromHidden = model.node('MatMul', [hidden, part(`${name}.hidden`)]);
    const fromFeatures = model.node('MatMul', [features, part(`${name}.features`)]);
    const sum = model.node('Add', [fromHidden, fromFeatures]);
    return model.node('Squeeze', [model.node('Add', [sum, part(`${name}.bias`)]), second]);
  };
  model.output('logits', head('policy'), ['rows']);
  const least = model.floats('least', [], Float32Array.of(-mostExponent));
  const most = model.floats('most', [], Float32Array.of(mostExponent));
  const held = model.node('Clip', [head('cost'), least, most]);
  model.output('costs', model.node('Exp', [held]), ['rows']);
  return model.finish();
}
