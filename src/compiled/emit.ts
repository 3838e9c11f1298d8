/** Interned values written out as a Program, operation by operation as planned (plan.ts). */
import { ProgramBuilder } from '../program/builder.ts';
import { type Sign, times } from '../program/signed-values.ts';
import type { Operand, Program } from '../program/types.ts';
import { literal, reference, valueId } from '../program/values.ts';
import type { InternedJacobian } from './eliminate.ts';
import type { InternedLinearisation } from './intern-linearisation.ts';
import {
  type Definition,
  type NodeDefinitions,
  one,
  type SignedNode,
  zero,
} from './interned-values.ts';
import { type OperationPlan, planOperations, takesEitherSign } from './plan.ts';

/** All values that a function and its Jacobian are made of, without repetition of entries. */
export function wantedValues({ results, entries }: InternedJacobian): readonly SignedNode[] {
  return [...results, ...entries.map(({ value }) => value)];
}

/**
 * The Program of the values and the dense Jacobian: outputs are the function's, then one entry for
 * each pair of output and input, row-major, the literal 0 where there is none.
 */
export function emitJacobian(
  interned: InternedLinearisation,
  jacobian: InternedJacobian,
  nameEntry: (output: string, input: string) => string = (output, input) => `∂${output}/∂${input}`,
): Program {
  const { program, graph } = interned.linearisation;
  const plan = planOperations(jacobian.values, wantedValues(jacobian));
  const emitter = new Emitter(new ProgramBuilder(program.name), jacobian.values, plan);
  for (const { name, type } of program.inputs) emitter.builder.input(name, type);
  emitter.emitNeeded();

  const { builder } = emitter;
  program.outputs.forEach(({ name }, index) => {
    builder.output(name, emitter.operand(jacobian.results[index] ?? zero));
  });
  const entries = new Map(
    jacobian.entries.map(({ output, input, value }) => [`${output},${input}`, value]),
  );
  // Literal outputs are no vertices; the others stand in graph.outputs in the same order.
  const vertices = graph.outputs.values();
  for (const { name, operand } of program.outputs) {
    const vertex = operand.kind === 'literal' ? undefined : vertices.next().value;
    graph.inputs.forEach((input, index) => {
      const itself = vertex === input ? one : zero;
      const value = entries.get(`${vertex ?? ''},${input}`) ?? itself;
      builder.output(nameEntry(name, program.inputs[index]?.name ?? ''), emitter.operand(value));
    });
  }
  return builder.build();
}

/** The Program of some named outputs, over the inputs of the Program that definitions come from. */
export function emitOutputs(
  source: Pick<Program, 'name' | 'inputs'>,
  values: NodeDefinitions,
  outputs: readonly { readonly name: string; readonly value: SignedNode }[],
): Program {
  const plan = planOperations(
    values,
    outputs.map(({ value }) => value),
  );
  const emitter = new Emitter(new ProgramBuilder(source.name), values, plan);
  for (const input of source.inputs) emitter.builder.input(input.name, input.type);
  emitter.emitNeeded();
  for (const output of outputs) {
    emitter.builder.output(output.name, emitter.operand(output.value));
  }
  return emitter.builder.build();
}

class Emitter {
  readonly builder: ProgramBuilder;
  readonly #values: NodeDefinitions;
  readonly #plan: OperationPlan;
  /** By node: τ · its value. */
  readonly #emitted = new Map<number, Operand>();
  readonly #negated = new Map<number, Operand>();

  constructor(builder: ProgramBuilder, values: NodeDefinitions, plan: OperationPlan) {
    this.builder = builder;
    this.#values = values;
    this.#plan = plan;
  }

  emitNeeded(): void {
    const values = this.#values;
    const unmade = new Set(this.#plan.quotients.values());
    for (let node = 0; node < values.size; node += 1) {
      if (this.#plan.needed[node] !== true || unmade.has(node)) continue;
      this.#emitted.set(node, this.#emit(node, values.definition(node)));
    }
  }

  /** The operand of a signed node, negated once where it was computed with the other sign. */
  operand({ node, sign }: SignedNode): Operand {
    const constant = this.#constant(node);
    if (constant !== undefined) return literal(sign * constant + 0);
    const emitted = this.#value(node);
    if (this.#sign(node) === sign) return emitted;
    const negated = this.#negated.get(node) ?? this.builder.emit('neg', [emitted]);
    this.#negated.set(node, negated);
    return negated;
  }

  #emit(node: number, definition: Definition): Operand {
    const { builder } = this;
    switch (definition.kind) {
      case 'input': {
        return reference(valueId(definition.input));
      }
      case 'constant':
        return literal(definition.value);
      case 'product':
        return this.#product(node, definition);
      case 'sum':
        return this.#sum(node, definition);
      case 'reciprocal':
        return builder.emit('div', [1, this.#value(definition.of)]);
      case 'function': {
        const { primitive, operands, parameters } = definition;
        const either = takesEitherSign(primitive);
        return builder.emit(
          primitive,
          operands.map((each) =>
            either && this.#constant(each.node) === undefined
              ? this.#value(each.node)
              : this.operand(each),
          ),
          parameters,
        );
      }
    }
  }

  #product(node: number, { left, right, sign }: Definition & { kind: 'product' }): Operand {
    const divisor = this.#plan.quotients.get(node);
    const factors = [left, right].filter((factor) => factor !== divisor);
    const known = factors.find((factor) => this.#constant(factor) !== undefined);
    const others = [left, right].filter((factor) => factor !== known);
    let unturned = this.#plan.flipped.get(node);
    const written = factors.map((factor) => {
      const constant = this.#constant(factor);
      if (factor === unturned) {
        // Of a square one factor only.
        unturned = undefined;
        return this.operand({ node: factor, sign: times(this.#sign(factor), -1) });
      }
      if (constant === undefined) return this.#value(factor);
      const turned = others.reduce<Sign>((turn, other) => times(turn, this.#sign(other)), sign);
      return literal(constant * times(turned, this.#sign(node)));
    });
    if (divisor === undefined) return this.builder.emit('mul', written);
    const reciprocal = this.#values.definition(divisor);
    if (reciprocal.kind !== 'reciprocal') throw new Error('a quotient has no reciprocal');
    return this.builder.emit('div', [...written, this.#value(reciprocal.of)]);
  }

  #sum(node: number, { left, right, sign }: Definition & { kind: 'sum' }): Operand {
    const turn = times(sign, this.#sign(node));
    const terms = [left, right].map(({ node: term, sign: own }) => {
      const constant = this.#constant(term);
      if (constant !== undefined) {
        return { plus: true, operand: literal(turn * own * constant) };
      }
      const made = times(this.#sign(term), this.#plan.flipped.get(node) === term ? -1 : 1);
      const plus = times(turn, times(own, made)) === 1;
      return { plus, operand: this.operand({ node: term, sign: made }) };
    });
    const [first, second] = terms;
    if (first === undefined || second === undefined) throw new Error('a sum lacks a term');
    if (!first.plus && !second.plus) throw new Error('a sum of two negative terms');
    if (first.plus && second.plus) return this.builder.emit('add', [first.operand, second.operand]);
    return first.plus
      ? this.builder.emit('sub', [first.operand, second.operand])
      : this.builder.emit('sub', [second.operand, first.operand]);
  }

  #sign(node: number): Sign {
    return this.#plan.signs[node] ?? 1;
  }

  #constant(node: number): number | undefined {
    const definition = this.#values.definition(node);
    return definition.kind === 'constant' ? definition.value : undefined;
  }

  #value(node: number): Operand {
    const found = this.#emitted.get(node);
    if (found === undefined) throw new Error(`node ${node} is used before it is computed`);
    return found;
  }
}
