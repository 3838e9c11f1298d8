/**
 * Which equations of a Program on tensors run together. Equations of one index space share a loop, a
 * nest: what one of them makes and another takes at the same place stays in a register. Some are
 * computed where they are read (inline.ts). Nests follow one another in a kernel; an invocation does
 * all elements of its point, so it reads what it wrote itself and waits for nobody. A nest too long
 * for that is a kernel of its own, its elements spread over workgroups.
 *
 * Greedy list scheduling: a nest takes what fits as long as there is any, the earliest first.
 * O(equations · nests) at most.
 */
import type { Program, Shape, ValueId } from '../../../program/types.ts';
import { valueId } from '../../../program/values.ts';
import { shapeOf } from '../../shapes.ts';
import { inlinedValues } from './inline.ts';
import { type EquationReads, readsOf } from './reads.ts';

/** Equations that share a loop over elements. */
export interface Nest {
  /** The shape of every result, without axes of length 1. */
  readonly shape: Shape;
  /** The values that are made, in an order in which they can be. */
  readonly values: readonly ValueId[];
  /** Those that lie in memory afterwards. */
  readonly stored: readonly ValueId[];
  /** The values in memory that are read: inputs, and what other nests stored. */
  readonly reads: readonly ValueId[];
}

/** Nests that run one after the other in one dispatch. */
export interface TensorKernel {
  readonly nests: readonly Nest[];
  /** Whether workgroups share the elements of the one nest; else an invocation does all of them. */
  readonly spread: boolean;
}

/** Every equation is in one nest, or computed where it is read. */
export interface TensorPartition {
  readonly kernels: readonly TensorKernel[];
  /** The values that are computed where they are read. */
  readonly inlined: ReadonlySet<ValueId>;
}

/** How much is joined. */
export interface PartitionLimits {
  /** Terms of one equation up to which an invocation does all elements of its point. */
  readonly largestSerial: number;
  /** Tensors that are read and stored in one kernel, at most, unless it is one equation. */
  readonly longestKernel: number;
}

/** Every equation a kernel of its own, spread over workgroups. */
export function partitionSingly({ inputs, equations }: Program): TensorPartition {
  const kernels = equations.map(({ operands, type }, index): TensorKernel => {
    const values = [valueId(inputs.length + index)];
    const reads = new Set(operands.flatMap((each) => (each.kind === 'value' ? [each.id] : [])));
    const nest = { shape: longAxes(type.shape), values, stored: values, reads: [...reads] };
    return { nests: [nest], spread: true };
  });
  return { kernels, inlined: new Set() };
}

/** As few kernels, and numbers in memory, as the rules above give. */
export function partitionJoined(program: Program, limits: PartitionLimits): TensorPartition {
  const reads = program.equations.map((equation) =>
    readsOf(
      equation,
      equation.operands.map((operand) => shapeOf(program, operand)),
    ),
  );
  const inlined = inlinedValues(program, reads);
  const scheduler = new Scheduler(program, reads, inlined, limits);
  const nests = withStores(program, scheduler.nests());
  return { kernels: kernelsOf(nests, limits), inlined };
}

const longAxes = (shape: Shape): Shape => shape.filter((length) => length !== 1);

/** A value that an equation reads, through what is computed there. */
interface Need {
  readonly id: ValueId;
  /** Whether at the place of the equation's own element only. */
  readonly aligned: boolean;
}

/** A nest that is not yet told what it has to store. */
type OpenNest = Omit<Nest, 'stored'> & { readonly spread: boolean };

/** Puts equations into nests. */
class Scheduler {
  readonly #program: Program;
  readonly #reads: readonly EquationReads[];
  readonly #inlined: ReadonlySet<ValueId>;
  readonly #limits: PartitionLimits;
  readonly #needs = new Map<ValueId, readonly Need[]>();
  /** By value: those that need it; and of these how many needs are not met yet. */
  readonly #dependants = new Map<ValueId, ValueId[]>();
  readonly #unmet = new Map<ValueId, number>();
  /** Shape as text → values that can be made, ascending. */
  readonly #ready = new Map<string, ValueId[]>();

  constructor(
    program: Program,
    reads: readonly EquationReads[],
    inlined: ReadonlySet<ValueId>,
    limits: PartitionLimits,
  ) {
    this.#program = program;
    this.#reads = reads;
    this.#inlined = inlined;
    this.#limits = limits;
    program.equations.forEach((_, index) => {
      const id = valueId(program.inputs.length + index);
      const needs = this.#needsOf(index);
      this.#needs.set(id, needs);
      if (inlined.has(id)) return;
      const made = new Set(
        needs.map((need) => need.id).filter((need) => need >= program.inputs.length),
      );
      for (const need of made) {
        this.#dependants.set(need, [...(this.#dependants.get(need) ?? []), id]);
      }
      this.#unmet.set(id, made.size);
      if (made.size === 0) this.#makeReady(id);
    });
  }

  /** All nests, each after those that it reads. */
  nests(): OpenNest[] {
    const nests: OpenNest[] = [];
    for (;;) {
      const [first] = [...this.#ready.values()]
        .flatMap(([earliest]) => earliest ?? [])
        .sort(ascending);
      if (first === undefined) return nests;
      nests.push(this.#nest(first));
    }
  }

  /** Takes an equation and all that can share its loop. */
  #nest(first: ValueId): OpenNest {
    const shape = this.#shapeOf(first);
    const list = this.#ready.get(keyOf(shape)) ?? [];
    const values = new Set<ValueId>();
    const reads = new Set<ValueId>();
    const take = (id: ValueId): void => {
      list.splice(list.indexOf(id), 1);
      values.add(id);
      for (const need of this.#needs.get(id) ?? []) if (!values.has(need.id)) reads.add(need.id);
      for (const dependant of this.#dependants.get(id) ?? []) {
        const unmet = (this.#unmet.get(dependant) ?? 0) - 1;
        this.#unmet.set(dependant, unmet);
        if (unmet === 0) this.#makeReady(dependant);
      }
    };
    take(first);
    const spread = this.#isLong(first);
    const fits = (id: ValueId): boolean => {
      const needs = this.#needs.get(id) ?? [];
      const added = needs.filter((need) => !reads.has(need.id) && !values.has(need.id)).length;
      return (
        reads.size + added + values.size + 1 <= this.#limits.longestKernel &&
        (spread || !this.#isLong(id)) &&
        needs.every((need) => need.aligned || !values.has(need.id))
      );
    };
    for (let next = list.find(fits); next !== undefined; next = list.find(fits)) take(next);
    return { shape, values: [...values], reads: [...reads], spread };
  }

  #isLong(id: ValueId): boolean {
    const { terms = [] } = this.#reads[id - this.#program.inputs.length] ?? {};
    return Math.max(...terms) > this.#limits.largestSerial;
  }

  #shapeOf(id: ValueId): Shape {
    return longAxes(this.#program.equations[id - this.#program.inputs.length]?.type.shape ?? []);
  }

  #makeReady(id: ValueId): void {
    const key = keyOf(this.#shapeOf(id));
    const list = this.#ready.get(key) ?? [];
    const place = list.findIndex((other) => other > id);
    list.splice(place < 0 ? list.length : place, 0, id);
    this.#ready.set(key, list);
  }

  /** What an equation reads of values that are made or given, through inlined ones. */
  #needsOf(index: number): readonly Need[] {
    const { operands = [] } = this.#program.equations[index] ?? {};
    const { aligned = [] } = this.#reads[index] ?? {};
    return operands.flatMap((operand, k): readonly Need[] => {
      if (operand.kind !== 'value') return [];
      const isAligned = aligned[k] === true;
      if (!this.#inlined.has(operand.id)) return [{ id: operand.id, aligned: isAligned }];
      const through = this.#needs.get(operand.id) ?? [];
      return through.map((need) => ({ id: need.id, aligned: need.aligned && isAligned }));
    });
  }
}

const ascending = (a: number, b: number): number => a - b;

const keyOf = (shape: Shape): string => shape.join(' ');

/** What other nests read, and outputs, are stored. */
function withStores({ outputs }: Program, nests: readonly OpenNest[]): (OpenNest & Nest)[] {
  const wanted = new Set(nests.flatMap(({ reads }) => reads));
  for (const { operand } of outputs) if (operand.kind === 'value') wanted.add(operand.id);
  return nests.map((nest) => ({ ...nest, stored: nest.values.filter((id) => wanted.has(id)) }));
}

/** Consecutive nests in kernels that are not too long. */
function kernelsOf(
  nests: readonly (OpenNest & Nest)[],
  { longestKernel }: PartitionLimits,
): TensorKernel[] {
  const kernels: { readonly nests: Nest[]; readonly spread: boolean; length: number }[] = [];
  for (const { spread, ...nest } of nests) {
    const length = nest.reads.length + nest.stored.length;
    const last = kernels.at(-1);
    if (last !== undefined && !spread && !last.spread && last.length + length <= longestKernel) {
      last.nests.push(nest);
      last.length += length;
    } else {
      kernels.push({ nests: [nest], spread, length });
    }
  }
  return kernels.map(({ nests: own, spread }) => ({ nests: own, spread }));
}
