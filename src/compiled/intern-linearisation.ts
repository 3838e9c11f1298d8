/**
 * What every elimination order of one function starts from: its values and elemental partials,
 * interned by what they mean (interned-values.ts). O(equations).
 */
import type { BlockValue } from '../graph/block-value.ts';
import type { Linearisation } from '../graph/linearise.ts';
import { isScalarShape } from '../graph/partial.ts';
import type { Position } from '../graph/types.ts';
import { integerExponent } from '../program/primitives/powers.ts';
import type { Equation, Operand } from '../program/types.ts';
import { literalNumber } from '../program/values.ts';
import { InternedValues, one, signedBy, type SignedNode } from './interned-values.ts';

/** An edge and what it is worth; no edge is worth 0. */
export interface InternedEdge {
  readonly from: Position;
  readonly to: Position;
  readonly worth: SignedNode;
}

/** A linearised function of scalars with its values interned. */
export interface InternedLinearisation {
  readonly linearisation: Linearisation;
  /** Values and partials; orders add to a fork of it. */
  readonly values: InternedValues;
  readonly edges: readonly InternedEdge[];
  /** What the function gives, one a named output. */
  readonly results: readonly SignedNode[];
  /** Vertices of the outputs, each once; they keep their in-edges. */
  readonly outputs: readonly Position[];
}

/** Larger powers are left to the power function. */
const largestExpandedPower = 64;

/**
 * Interns a function and its partials.
 * @throws Error where it has tensors: unroll it before (src/program/scalarise.ts)
 */
export function internLinearisation(linearisation: Linearisation): InternedLinearisation {
  const { program, graph, partials } = linearisation;
  if (!graph.vertices.every(({ shape }) => isScalarShape(shape))) {
    throw new Error(`${graph.name} has tensors; unroll it to scalars`);
  }
  const values = new InternedValues();
  const nodes = program.inputs.map((_, index) => values.input(index));
  const nodeOf = (operand: Operand): SignedNode => {
    if (operand.kind === 'literal') return values.constant(literalNumber(operand) ?? NaN);
    const found = nodes[operand.id];
    if (found === undefined) throw new Error(`value ${operand.id} is used before it exists`);
    return found;
  };
  for (const equation of program.equations) {
    nodes.push(internEquation(values, equation, equation.operands.map(nodeOf)));
  }
  const worthOf = (partial: BlockValue): SignedNode => {
    switch (partial.kind) {
      case 'unit':
        return signedBy(one, partial.sign);
      case 'constant':
        return values.constant(partial.numbers[0] ?? NaN);
      case 'variable':
        return signedBy(nodeOf(partial.operand), partial.sign);
    }
  };
  return {
    linearisation,
    values,
    edges: graph.edges.flatMap(({ from, to }, index) => {
      const partial = partials[index];
      if (partial === undefined) throw new Error(`edge ${index} has no partial`);
      const worth = worthOf(partial);
      return worth.node === 0 ? [] : [{ from, to, worth }];
    }),
    results: program.outputs.map(({ operand }) => nodeOf(operand)),
    outputs: [...new Set(graph.outputs)],
  };
}

/** The value of an equation: what is arithmetic is expanded to it. */
function internEquation(
  values: InternedValues,
  { primitive, parameters }: Equation,
  operands: readonly SignedNode[],
): SignedNode {
  const [a = one, b = one] = operands;
  switch (primitive) {
    case 'add':
    case 'sumOf':
      return values.total(operands);
    case 'sub':
      return values.total([a, signedBy(b, -1)]);
    case 'mul':
      return values.regroupedProduct(a, b);
    case 'div':
      return values.quotient(a, b);
    case 'neg':
      return signedBy(a, -1);
    // The partials are there already: as a value it is its operand.
    case 'convert':
    case 'stopGradient':
      return a;
    case 'integerPow': {
      const exponent = integerExponent(parameters);
      if (Math.abs(exponent) <= largestExpandedPower) return values.power(a, exponent);
      break;
    }
    case 'pow': {
      const definition = values.definition(b.node);
      const exponent = definition.kind === 'constant' ? b.sign * definition.value : NaN;
      if (Number.isInteger(exponent) && Math.abs(exponent) <= largestExpandedPower) {
        return values.power(a, exponent);
      }
      break;
    }
    case 'dotOf': {
      const half = operands.length / 2;
      return values.total(
        operands.slice(0, half).map((x, k) => values.product(x, operands[half + k] ?? one)),
      );
    }
  }
  return values.apply(primitive, operands, parameters);
}
