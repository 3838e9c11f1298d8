/**
 * A Program on tensors as shaders, by a partition of its equations into kernels. Where workgroups share
 * a nest's elements the kernel knows shapes and not places, so that nests that are alike share one.
 */
import { ProgramBuilder } from '../../../program/builder.ts';
import { elementCount } from '../../../program/shapes.ts';
import type { Program, ValueId } from '../../../program/types.ts';
import { reference } from '../../../program/values.ts';
import type { PointWorkers, ShaderKernel, ShaderStep } from '../../shader.ts';
import { shapeOf } from '../../shapes.ts';
import type { ShaderPrecision } from '../../target-description.ts';
import { type KernelFrame, kernelText } from '../kernel-text.ts';
import { FunctionLibrary } from '../library.ts';
import { barriersOf, barrierText, type MemoryRange } from './barriers.ts';
import type { KernelContext } from './element-reader.ts';
import { type NestWorkers, nestText } from './nest-text.ts';
import type { Nest, TensorKernel, TensorPartition } from './partition.ts';
import { type BufferPlace, placesOf, type TensorPlaces } from './places.ts';

/** Kernels of a Program. */
export interface TensorShaders {
  readonly kernels: readonly ShaderKernel[];
  readonly steps: readonly ShaderStep[];
  readonly scratchTotal: number;
  readonly constants: readonly number[];
  readonly operations: number;
}

/** How kernels of tensors are written. */
export interface TensorShaderOptions {
  /** Whether `fma` is used. */
  readonly fused: boolean;
  /** Whether WGSL's own functions are taken where there are any. */
  readonly builtIns: boolean;
  /** Who computes a point; a workgroup takes no partition that spreads elements over workgroups. */
  readonly workers: PointWorkers;
  readonly precision: ShaderPrecision;
  /** Numbers that a workgroup holds, at most. */
  readonly mostHeld: number;
}

/** Generates the kernels of the parts that `partition` makes. */
export function tensorShaders(
  given: Program,
  partition: (program: Program) => TensorPartition,
  { fused, builtIns, workers, precision, mostHeld }: TensorShaderOptions,
): TensorShaders {
  const program = withOwnOutputs(given);
  const parts = partition(program);
  const places = placesOf(program, parts, workers === 'workgroup' ? mostHeld : 0);
  const constants = new Constants();
  const frame: KernelFrame = {
    ...{ workers, precision },
    sizes: {
      inputs: program.inputs.reduce((total, { type }) => total + elementCount(type.shape), 0),
      outputs: program.outputs.reduce(
        (total, { operand }) => total + elementCount(shapeOf(program, operand)),
        0,
      ),
      scratch: places.scratchTotal,
    },
  };
  const kernels: ShaderKernel[] = [];
  const known = new Map<string, number>();
  const steps: ShaderStep[] = [];
  let operations = 0;
  for (const [index, kernel] of parts.kernels.entries()) {
    const shared = new KernelPlaces(kernel.spread);
    const library = new FunctionLibrary(builtIns);
    let names = 0;
    const context: KernelContext = {
      program,
      ...{ workers, precision },
      inlined: parts.inlined,
      library,
      fused,
      placeOf: (operand) => {
        if (operand.kind === 'literal') return constants.placeOf(operand.data);
        const place = places.values.get(operand.id);
        if (place === undefined) throw new Error(`value ${operand.id} is not in memory`);
        return place;
      },
      startText: (place) => shared.startText(place),
      fresh: () => `i${names++}`,
    };
    const texts = kernel.nests.map((nest) => nestText(context, nest, nestWorkers(kernel, workers)));
    for (const text of texts) operations += text.operations;
    // An invocation alone reads what it wrote itself.
    const barriers =
      workers === 'workgroup' ? barriersOf(nestsInMemory(program, kernel.nests, places)) : [];
    const lines = texts.flatMap((text, nest) => [
      ...(barriers[nest] ?? []).map(barrierText),
      ...text.lines,
    ]);
    const held = places.heldTotals[index] ?? 0;
    const own = { places: shared.starts.length, held };
    const text = kernelText(frame, library.textFor(lines), lines, own);
    const { code } = text;
    const place = known.get(code) ?? kernels.length;
    if (place === kernels.length) {
      known.set(code, place);
      kernels.push({ name: kernelName(program, kernel, parts), ...text });
    }
    const groups = kernel.spread ? elementCount(kernel.nests[0]?.shape ?? []) : 1;
    // A kernel of values that nobody wants reads nothing.
    const starts = text.bindings.includes('places') ? shared.starts : [];
    steps.push({ kernel: place, groups, places: starts });
  }
  return {
    kernels,
    steps,
    scratchTotal: places.scratchTotal,
    constants: constants.numbers,
    operations,
  };
}

function nestWorkers({ spread }: TensorKernel, workers: PointWorkers): NestWorkers {
  if (workers === 'workgroup') return 'invocations';
  return spread ? 'workgroups' : 'alone';
}

/** What nests read and write of memory. */
function nestsInMemory(program: Program, nests: readonly Nest[], { values }: TensorPlaces) {
  const rangesOf = (ids: readonly ValueId[]): MemoryRange[] =>
    ids.flatMap((id) => {
      const place = values.get(id);
      const length = elementCount(shapeOf(program, reference(id)));
      return place === undefined ? [] : [{ ...place, length }];
    });
  return nests.map(({ reads, stored }) => ({ reads: rangesOf(reads), writes: rangesOf(stored) }));
}

/** The Program with every output a value of an equation, each another: they have places of their own. */
function withOwnOutputs(program: Program): Program {
  const builder = ProgramBuilder.extend(program);
  const taken = new Set<number>();
  for (const { name, operand } of program.outputs) {
    const isOwn =
      operand.kind === 'value' && operand.id >= program.inputs.length && !taken.has(operand.id);
    const own = isOwn ? operand : builder.emit('convert', [operand]);
    taken.add(own.id);
    builder.output(name, own);
  }
  return builder.build();
}

/** Literal tensors in one row, equal ones once. */
class Constants {
  readonly numbers: number[] = [];
  readonly #starts = new Map<string, number>();

  placeOf(data: readonly number[]): BufferPlace {
    const key = data.join(' ');
    const start = this.#starts.get(key) ?? this.numbers.length;
    if (!this.#starts.has(key)) {
      this.#starts.set(key, start);
      for (const x of data) this.numbers.push(x);
    }
    return { binding: 'constants', start };
  }
}

/** Where what a kernel reads and stores begins: as numbers, or, of one that is shared, as uniforms. */
class KernelPlaces {
  readonly starts: number[] = [];
  readonly #isShared: boolean;
  readonly #known = new Map<string, number>();

  constructor(isShared: boolean) {
    this.#isShared = isShared;
  }

  startText({ binding, start }: BufferPlace): string {
    if (!this.#isShared) return `${start}u`;
    const key = `${binding} ${start}`;
    const index = this.#known.get(key) ?? this.starts.length;
    if (index === this.starts.length) {
      this.#known.set(key, index);
      this.starts.push(start);
    }
    return `places[${index >> 2}][${index & 3}]`;
  }
}

/** For messages: `f, sum`, or `f, part 2 of 5`. */
function kernelName(
  { name, inputs, equations }: Program,
  kernel: TensorKernel,
  { kernels }: TensorPartition,
): string {
  const [only, ...others] = kernel.nests.flatMap(({ values }) => values);
  const equation = only === undefined ? undefined : equations[only - inputs.length];
  if (equation !== undefined && others.length === 0) return `${name}, ${equation.primitive}`;
  return `${name}, part ${kernels.indexOf(kernel) + 1} of ${kernels.length}`;
}
