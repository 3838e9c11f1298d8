/**
 * A Program on tensors as shaders, by a partition of its equations into kernels. Where workgroups share
 * a nest's elements the kernel knows shapes and not places, so that nests that are alike share one.
 */
import { ProgramBuilder } from '../../../program/builder.ts';
import { elementCount } from '../../../program/shapes.ts';
import type { Program } from '../../../program/types.ts';
import type { ShaderKernel, ShaderStep } from '../../shader.ts';
import { shapeOf } from '../../shapes.ts';
import { kernelText, type TileSizes } from '../kernel-text.ts';
import { FunctionLibrary } from '../library.ts';
import type { KernelContext } from './element-reader.ts';
import { nestText } from './nest-text.ts';
import type { TensorKernel, TensorPartition } from './partition.ts';
import { type BufferPlace, placesOf } from './places.ts';

/** Kernels of a Program. */
export interface TensorShaders {
  readonly kernels: readonly ShaderKernel[];
  readonly steps: readonly ShaderStep[];
  readonly scratchTotal: number;
  readonly constants: readonly number[];
  readonly operations: number;
}

/**
 * Generates the kernels of the parts that `partition` makes; with `fma` where it is `fused`, with WGSL's
 * own functions where they are asked for.
 */
export function tensorShaders(
  given: Program,
  partition: (program: Program) => TensorPartition,
  options: { readonly fused: boolean; readonly builtIns: boolean },
): TensorShaders {
  const program = withOwnOutputs(given);
  const parts = partition(program);
  const places = placesOf(program, parts);
  const constants = new Constants();
  const sizes: TileSizes = {
    inputs: program.inputs.reduce((total, { type }) => total + elementCount(type.shape), 0),
    outputs: program.outputs.reduce(
      (total, { operand }) => total + elementCount(shapeOf(program, operand)),
      0,
    ),
    scratch: places.scratchTotal,
  };
  const kernels: ShaderKernel[] = [];
  const known = new Map<string, number>();
  const steps: ShaderStep[] = [];
  let operations = 0;
  for (const kernel of parts.kernels) {
    const shared = new KernelPlaces(kernel.spread);
    const library = new FunctionLibrary(options.builtIns);
    let names = 0;
    const context: KernelContext = {
      program,
      inlined: parts.inlined,
      library,
      fused: options.fused,
      placeOf: (operand) => {
        if (operand.kind === 'literal') return constants.placeOf(operand.data);
        const place = places.values.get(operand.id);
        if (place === undefined) throw new Error(`value ${operand.id} is not in memory`);
        return place;
      },
      startText: (place) => shared.startText(place),
      fresh: () => `i${names++}`,
    };
    const texts = kernel.nests.map((nest) => nestText(context, nest, kernel.spread));
    for (const text of texts) operations += text.operations;
    const lines = texts.flatMap((text) => text.lines);
    const text = kernelText(sizes, library.textFor(lines), lines, shared.starts.length);
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
