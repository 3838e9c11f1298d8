/**
 * The transformer as an ONNX model. Input: `observation` [positions, 5, I + V + 1, V] as
 * src/policy/game/adjacency.ts has it, as numbers of single precision, of a graph of the network's own
 * sizes; outputs: `logits` [positions, V] of all columns, gone or not, and `values` [positions], of which
 * transformer.ts tells the transform.
 */
import { adjacencyChannels } from '../../game/adjacency.ts';
import { OnnxModel } from '../../onnx/model.ts';
import { weightConstants } from '../../onnx/weights.ts';
import { epsilon, placeCodes } from './forward.ts';
import {
  embeddingStride,
  embeddingWindow,
  headWidth,
  type TransformerFrame,
  transformerParts,
  type TransformerShape,
} from './sizes.ts';

/** The embedding's matrix [column, channel, row][vertex] as a kernel [vertex, column, channel, row]. */
function kernelOf(weights: Float32Array, vertices: number): Float32Array {
  const inputs = vertices * adjacencyChannels * embeddingWindow;
  return Float32Array.from(
    { length: inputs * vertices },
    (_, index) => weights[(index % inputs) * vertices + Math.floor(index / inputs)] ?? NaN,
  );
}

/** The bytes of a model file. */
export function transformerOnnx(
  weights: Float32Array,
  shape: TransformerShape,
  frame: TransformerFrame,
): Uint8Array {
  const { width, heads, layers } = shape;
  const { inputs, vertices } = frame;
  const own = headWidth(shape);
  const model = new OnnxModel('transformer');
  const part = weightConstants(model, weights, transformerParts(shape, frame));
  const observation = model.input('observation', 'float', [
    'positions',
    adjacencyChannels,
    inputs + vertices + 1,
    vertices,
  ]);
  const integers = new Map<string, string>();
  const list = (...numbers: readonly number[]): string => {
    const name = `list_${numbers.join('_')}`;
    const known = integers.get(name) ?? model.integers(name, numbers);
    integers.set(name, known);
    return known;
  };
  const scalar = (name: string, number: number): string =>
    model.floats(name, [], Float32Array.of(number));
  const product = (x: string, name: string): string => model.node('MatMul', [x, part(name)]);
  const swish = (x: string): string => model.node('Mul', [x, model.node('Sigmoid', [x])]);

  /** Row 0 of a channel, [positions, 1, 1, vertices]. */
  const information = (channel: number): string =>
    model.node('Slice', [observation, list(channel, 0), list(channel + 1, 1), list(1, 2)]);
  const gone = model.node('Sub', [information(1), information(2)]);
  const hidden = model.node('Mul', [gone, scalar('never', -1e9)]);

  const rows = model.node('Slice', [observation, list(1), list(inputs + vertices + 1), list(2)]);
  const kernel = model.floats(
    'kernel',
    [vertices, vertices, adjacencyChannels, embeddingWindow],
    kernelOf(weights, vertices),
  );
  const embedded = model.node(
    'Conv',
    [
      model.node('Transpose', [rows], { perm: [0, 3, 1, 2] }),
      kernel,
      model.node('Squeeze', [part('embedding.bias'), list(0)]),
    ],
    { strides: [1, embeddingStride], kernel_shape: [adjacencyChannels, embeddingWindow] },
  );
  const windows = model.node('Squeeze', [embedded, list(2)]);
  const codes = model.floats('places', [vertices, width], placeCodes(vertices, width));
  let x = model.node('Add', [product(windows, 'projection'), codes]);

  const normalised = (from: string, name: string): string =>
    model.node(
      'LayerNormalization',
      [
        from,
        model.node('Squeeze', [part(`${name}.scale`), list(0)]),
        model.node('Squeeze', [part(`${name}.bias`), list(0)]),
      ],
      { axis: 2, epsilon: { float: epsilon } },
    );
  const shrink = scalar('shrink', 1 / Math.sqrt(own));
  const attention = (from: string, name: string): string => {
    const byHead = (kind: string, perm: readonly number[]): string => {
      const all = model.node('Reshape', [
        product(from, `${name}.${kind}`),
        list(0, vertices, heads, own),
      ]);
      return model.node('Transpose', [all], { perm });
    };
    const scores = model.node('MatMul', [
      byHead('query', [0, 2, 1, 3]),
      byHead('key', [0, 2, 3, 1]),
    ]);
    const masked = model.node('Add', [model.node('Mul', [scores, shrink]), hidden]);
    const chances = model.node('Softmax', [masked], { axis: 3 });
    const seen = model.node('MatMul', [chances, byHead('value', [0, 2, 1, 3])]);
    const together = model.node('Transpose', [seen], { perm: [0, 2, 1, 3] });
    const joined = model.node('Reshape', [together, list(0, vertices, heads * own)]);
    return product(joined, `${name}.output`);
  };
  for (let layer = 0; layer < layers; layer += 1) {
    const name = `layer${layer}`;
    x = model.node('Add', [x, attention(normalised(x, `${name}.attention`), name)]);
    const inside = normalised(x, `${name}.gated`);
    const gate = swish(product(inside, `${name}.gate`));
    const gated = model.node('Mul', [gate, product(inside, `${name}.up`)]);
    x = model.node('Add', [x, product(gated, `${name}.down`)]);
  }
  /** [positions, vertices] */
  const head = (name: string, between: readonly number[]): string => {
    let y = x;
    for (let index = 0; index <= between.length; index += 1) {
      const line = `${name}${index}`;
      y = model.node('Add', [product(y, `${line}.matrix`), part(`${line}.bias`)]);
      if (index < between.length) y = swish(y);
    }
    return model.node('Squeeze', [y, list(2)]);
  };
  model.output('logits', head('policy', shape.policy), ['positions', vertices]);
  const shares = head('value', shape.value);
  const value = model.node('ReduceMean', [shares], { axes: [1], keepdims: 0 });
  model.output('values', value, ['positions']);
  return model.finish();
}
