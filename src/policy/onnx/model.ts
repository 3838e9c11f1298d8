/**
 * A network as an ONNX model (https://onnx.ai/onnx/repo-docs/IR.html; numbers of fields are those of
 * onnx.proto): inputs, constants, nodes and outputs, with names by which they find each other. Operators
 * are of the standard set of version 17.
 */
import { Message } from './protobuf.ts';

/** Versions of the format and of its operators. */
const irVersion = 8;
const operatorSet = 17;

/** Types of elements, as in TensorProto.DataType. */
const elementTypes = { float: 1, int64: 7 } as const;

/** Types of attributes, as in AttributeProto.AttributeType. */
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** A size, or the name of one that is known when the model runs. */
export type Dimension = number | string;

/** An attribute: a list of whole numbers, a word, a whole number, or a number of single precision. */
export type Attribute = readonly number[] | string | number | { readonly float: number };

function attributeMessage(name: string, value: Attribute): Message {
  const message = new Message().text(1, name);
  if (typeof value === 'number') return message.integer(3, value).integer(20, attributeTypes.int);
  if (typeof value === 'string') return message.text(4, value).integer(20, attributeTypes.string);
  if ('float' in value) return message.float(2, value.float).integer(20, attributeTypes.float);
  for (const one of value) message.integer(8, one);
  return message.integer(20, attributeTypes.ints);
}

function valueMessage(
  name: string,
  type: keyof typeof elementTypes,
  shape: readonly Dimension[],
): Message {
  const dimensions = new Message();
  for (const size of shape) {
    const dimension = new Message();
    if (typeof size === 'number') dimension.integer(1, size);
    else dimension.text(2, size);
    dimensions.message(1, dimension);
  }
  const tensor = new Message().integer(1, elementTypes[type]).message(2, dimensions);
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}

function bytesOf(numbers: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** A model that is being built. Methods return the names of what they add. */
export class OnnxModel {
  readonly #graph = new Message();
  #made = 0;

  constructor(name: string) {
    this.#graph.text(2, name);
  }

  input(name: string, type: keyof typeof elementTypes, shape: readonly Dimension[]): string {
    this.#graph.message(11, valueMessage(name, type, shape));
    return name;
  }

  /** A constant of single precision, row by row. */
  floats(name: string, shape: readonly number[], numbers: Float32Array): string {
    return this.#constant(name, elementTypes.float, shape, bytesOf(numbers));
  }

  /** A constant list of whole numbers from −2^63 on. */
  integers(name: string, numbers: readonly number[]): string {
    const own = BigInt64Array.from(numbers, BigInt);
    return this.#constant(name, elementTypes.int64, [numbers.length], bytesOf(own));
  }

  /** A node with one output. */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    this.#made += 1;
    const output = `${operator}${this.#made}`;
    this.#addNode(operator, inputs, output, attributes);
    return output;
  }

  /** Says that something is an output, by a name of its own. */
  output(name: string, from: string, shape: readonly Dimension[]): void {
    this.#addNode('Identity', [from], name, {});
    this.#graph.message(12, valueMessage(name, 'float', shape));
  }

  /** The bytes of a file. */
  finish(): Uint8Array {
    return new Message()
      .integer(1, irVersion)
      .text(2, 'crosscountry')
      .message(7, this.#graph)
      .message(8, new Message().text(1, '').integer(2, operatorSet))
      .finish();
  }

  #addNode(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, Attribute>>,
  ): void {
    const node = new Message();
    for (const input of inputs) node.text(1, input);
    node.text(2, output).text(3, output).text(4, operator);
    for (const [name, value] of Object.entries(attributes)) {
      node.message(5, attributeMessage(name, value));
    }
    this.#graph.message(1, node);
  }

  #constant(name: string, type: number, shape: readonly number[], bytes: Uint8Array): string {
    const tensor = new Message();
    for (const size of shape) tensor.integer(1, size);
    this.#graph.message(5, tensor.integer(2, type).text(8, name).bytes(9, bytes));
    return name;
  }
}
