/** One element as a tree of primitives over numbers that are read, and such trees as straight lines. */
import { ProgramBuilder } from '../../../program/builder.ts';
import type { Operand, Parameters } from '../../../program/types.ts';
import { literal, scalarType } from '../../../program/values.ts';
import { lowerWithCalls } from '../../outline/outline.ts';
import type { ShaderPrecision } from '../../target-description.ts';
import { BodyText } from '../body.ts';
import type { FunctionLibrary } from '../library.ts';
import { operationCount } from '../operation-count.ts';

/** An element of a tensor. */
export type Element =
  | { readonly kind: 'number'; readonly value: number }
  /** An expression of WGSL. */
  | { readonly kind: 'read'; readonly text: string }
  | {
      readonly kind: 'apply';
      readonly primitive: string;
      readonly parameters: Parameters;
      readonly operands: readonly Element[];
    };

/** Elements as lines. */
export interface ElementLines {
  readonly lines: readonly string[];
  /** By element: the expression that it is after these lines. */
  readonly texts: readonly string[];
  readonly operations: number;
}

/**
 * Lowers elements together, with `fma` where it is `fused`: a tree that several of them have in common is
 * computed once.
 */
export function elementLines(
  elements: readonly Element[],
  library: FunctionLibrary,
  { fused, precision }: { readonly fused: boolean; readonly precision: ShaderPrecision },
): ElementLines {
  const builder = new ProgramBuilder('element');
  const values = new Map<Element, Operand>();
  const loads: string[] = [];
  const visited = new Set<Element>();
  const declare = (element: Element): void => {
    if (visited.has(element)) return;
    visited.add(element);
    if (element.kind === 'apply') element.operands.forEach(declare);
    if (element.kind !== 'read') return;
    values.set(element, builder.input(`x${loads.length}`, scalarType));
    loads.push(`let v${loads.length} = ${element.text};`);
  };
  elements.forEach(declare);
  const emit = (element: Element): Operand => {
    const known = values.get(element);
    if (known !== undefined) return known;
    if (element.kind === 'read') throw new Error(`${element.text} is not declared`);
    const made =
      element.kind === 'number'
        ? literal(element.value)
        : builder.emit(element.primitive, element.operands.map(emit), element.parameters);
    values.set(element, made);
    return made;
  };
  elements.forEach((element, k) => {
    builder.output(`y${k}`, emit(element));
  });
  // Every elementary function is a function of the shader: it is in there once.
  const program = lowerWithCalls(builder.build(), { precision: 'f32', fused }, 0);
  const body = new BodyText(program.types, library.namesFor(program), precision);
  const lines = program.statements.flatMap((statement) => body.statement(statement));
  return {
    lines: [...loads, ...lines],
    texts: program.results.map((value) => body.text(value)),
    operations: operationCount(program),
  };
}
