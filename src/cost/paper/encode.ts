/**
 * The codes that AlphaGrad gives the edges of a traced function, by the rules of its graph builder
 * (`src/alphagrad/vertexgame/interpreter/prim_mapper.py` of github.com/jamielohoff/alphagrad), quirks
 * and all. It knows shapes of up to two axes, padded: a tensor of one element is (1, 1), a vector
 * of length n is (n, 1). What a type means is told in machine.ts. O(1) an edge.
 *
 * Where the peer has no rule (a primitive that it never registered, more than two axes, a product
 * without contracted axes) there is no code.
 */
import { type Linearisation, linearise } from '../../graph/linearise.ts';
import { isScalarShape } from '../../graph/partial.ts';
import type { Edge, Graph, PaperCode } from '../../graph/types.ts';
import { listParameter } from '../../program/parameters.ts';
import type { Operand, Parameters, Program, Shape } from '../../program/types.ts';
import { isScalarGraph } from '../scalar-graph.ts';
import { isScalarNumber } from './machine.ts';

/** An equation as the builder sees it. */
export interface EncodedEquation {
  readonly primitive: string;
  readonly parameters: Parameters;
  readonly operands: readonly { readonly shape: Shape; readonly isLiteral: boolean }[];
  readonly shape: Shape;
}

/** A shape padded to two axes. */
type Padded = readonly [number, number];

/** What a rule is told; `dims` are the shapes as they are, the others are padded. */
interface Given {
  readonly equation: EncodedEquation;
  readonly place: number;
  readonly own: Padded;
  readonly result: Padded;
}

/** The type of an edge, or undefined where the peer has none. */
type Rule = (given: Given) => number | undefined;

const isOne = ([rows, columns]: Padded): boolean => rows === 1 && columns === 1;

function padded(shape: Shape): Padded | undefined {
  if (isScalarShape(shape)) return [1, 1];
  const [rows, columns = 1] = shape;
  return shape.length > 2 || rows === undefined ? undefined : [rows, columns];
}

/** Element-wise of one operand. */
const one: Rule = ({ own }) => (isOne(own) ? 1 : 6);

/** Element-wise of two operands, with broadcasting. */
const two: Rule = ({ equation, place, own, result }) => {
  const other = padded(equation.operands[1 - place]?.shape ?? []);
  if (other === undefined) return undefined;
  if (isOne(own)) return 1;
  if (own[1] === 1) return result[1] === 1 && isOne(other) ? -2 : 2;
  if (own[0] === 1) return result[0] === 1 && isOne(other) ? -3 : 3;
  // A number beside a matrix is taken for a column: the type 10 that is meant is overwritten.
  if (other[1] === 1) return -8;
  return other[0] === 1 ? 8 : 6;
};

const move: Rule = () => 11;

/** Broadcasts and squeezes. */
const spread: Rule = ({ own, result }) => (own[0] === result[0] && own[1] === result[1] ? -6 : -7);

/** A matrix with more than one element. */
const isMatrix = (shape: Shape): boolean => shape.length === 2 && !isScalarShape(shape);

const sum: Rule = ({ equation }) => {
  const from = equation.operands[0]?.shape ?? [];
  const to = equation.shape;
  if (!isMatrix(from)) return 1;
  if (to.length === 1) {
    return Math.min(...listParameter(equation.parameters, 'axes')) === 0 ? -4 : -2;
  }
  return isMatrix(to) && to[0] === 1 ? -3 : 1;
};

const extreme: Rule = ({ equation }) => {
  const from = equation.operands[0]?.shape ?? [];
  const to = equation.shape;
  if (!isMatrix(from)) return 1;
  if (to.length === 1) return 2;
  return isMatrix(to) && to[0] === 1 ? 3 : 1;
};

const transpose: Rule = ({ own }) => {
  if (isOne(own)) return 1;
  if (own[1] === 1) return -4;
  return own[0] === 1 ? -5 : -7;
};

/** Types of the left and the right factor of two matrices, by the contracted axes. */
const matrixProducts = new Map<string, readonly [left: number, right: number]>([
  ['1,0', [-2, -3]],
  ['1,1', [-2, -5]],
  ['0,0', [-4, -3]],
  ['0,1', [-4, -5]],
]);

/**
 * Products look at the first contracted axes only; batch axes play no part. Tensors of one element
 * are neither vectors nor matrices here, unless they have exactly one axis.
 */
const dot: Rule = ({ equation, place }) => {
  const [left = 0, right = 0] = ['leftContract', 'rightContract'].map(
    (name) => listParameter(equation.parameters, name)[0] ?? -1,
  );
  if (left < 0 || right < 0) return undefined;
  const [from = [], by = []] = equation.operands.map(({ shape }) => shape);
  const isVector = (shape: Shape): boolean => shape.length === 1;
  let types: readonly [number, number] | undefined;
  if (isVector(from)) {
    if (isVector(by)) types = [1, 1];
    else if (isMatrix(by) && by[0] === 1) types = right === 1 ? [-3, -2] : [1, 1];
    else types = [-4, -3];
  } else if (isVector(by)) {
    types = [-2, 1];
  } else {
    types = isMatrix(by) ? matrixProducts.get(`${left},${right}`) : [1, 1];
  }
  return types?.[place];
};

function rules(rule: Rule, names: readonly string[]): readonly (readonly [string, Rule])[] {
  return names.map((name) => [name, rule]);
}

/** The peer's registry, under our names. */
const registry: ReadonlyMap<string, Rule> = new Map([
  ...rules(one, ['neg', 'abs', 'exp', 'log', 'log1p', 'sqrt', 'integerPow', 'sigmoid', 'erf']),
  ...rules(one, ['sin', 'cos', 'tan', 'asin', 'acos', 'atan']),
  ...rules(one, ['sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh']),
  ...rules(two, ['add', 'sub', 'mul', 'div', 'pow', 'atan2', 'min', 'max']),
  ...rules(move, ['reshape', 'slice', 'concatenate']),
  ...rules(spread, ['broadcast', 'expandDims', 'squeeze']),
  ...rules(extreme, ['reduceMax', 'reduceMin']),
  ...rules(() => -1, ['convert']),
  ['sum', sum],
  ['transpose', transpose],
  ['dot', dot],
]);

/** The code of the edge from an equation's operand to its result. */
export function paperCode(equation: EncodedEquation, place: number): PaperCode | undefined {
  const rule = registry.get(equation.primitive);
  // All operands of a concatenation get the shape of the first that is no literal.
  const seen =
    equation.primitive === 'concatenate'
      ? equation.operands.find(({ isLiteral }) => !isLiteral)
      : equation.operands[place];
  const own = padded(seen?.shape ?? []);
  const result = padded(equation.shape);
  if (rule === undefined || own === undefined || result === undefined) return undefined;
  const type = rule({ equation, place, own, result });
  return type === undefined ? undefined : [type, ...result, ...own];
}

/**
 * The graph with the code of every edge that the peer has a rule for. On a graph of scalars numbers
 * go without, as the model `paper` takes them.
 * @param graph the linearised graph of `program`, position = ValueId
 * @param program its first equations are the graph's; fragments may follow
 */
export function attachPaperCodes(graph: Graph, program: Program): Graph {
  const scalars = isScalarGraph(graph);
  const edges = graph.edges.map((edge): Edge => {
    const code = codeOfEdge(program, edge);
    return code === undefined || (scalars && isScalarNumber(code))
      ? edge
      : { ...edge, paper: code };
  });
  return { ...graph, edges };
}

/** A linearised Program whose graph has the codes. */
export function lineariseWithCodes(program: Program): Linearisation {
  const linearisation = linearise(program);
  return { ...linearisation, graph: attachPaperCodes(linearisation.graph, program) };
}

/** An operand that stands twice in an equation is one edge; what is written last stays. */
function codeOfEdge(program: Program, { from, to }: Edge): PaperCode | undefined {
  const equation = program.equations[to - program.inputs.length];
  if (equation === undefined) throw new Error(`vertex ${to} is no equation of ${program.name}`);
  const place = equation.operands.findLastIndex(
    (operand) => operand.kind === 'value' && Number(operand.id) === Number(from),
  );
  const operands = equation.operands.map((operand) => ({
    shape: shapeOf(program, operand),
    isLiteral: operand.kind === 'literal',
  }));
  const { primitive, parameters, type } = equation;
  return paperCode({ primitive, parameters, operands, shape: type.shape }, place);
}

function shapeOf(program: Program, operand: Operand): Shape {
  if (operand.kind === 'literal') return operand.shape;
  const inputs = program.inputs.length;
  const value = program.inputs[operand.id] ?? program.equations[operand.id - inputs];
  if (value === undefined) throw new Error(`${program.name} has no value ${operand.id}`);
  return value.type.shape;
}
