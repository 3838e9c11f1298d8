/**
 * A WebAssembly module in the binary format (WebAssembly Core Specification 2.0, section 5.5):
 * functions over i32 and v128, and one memory that the module exports.
 */
import { ByteWriter } from './bytes.ts';
import { plain } from './opcodes.ts';

/** Types of values, by their byte in the binary format. */
export const valueTypes = { i32: 0x7f, v128: 0x7b } as const;

/** A type of values that modules here have. */
export type WasmType = keyof typeof valueTypes;

/** Types of a function's parameters and results. */
export interface FunctionType {
  readonly parameters: readonly WasmType[];
  readonly results: readonly WasmType[];
}

/** A function with its code. */
export interface WasmFunction {
  readonly type: FunctionType;
  /** Types of the locals behind the parameters. */
  readonly locals: readonly WasmType[];
  /** Instructions without the `end` of the function. */
  readonly code: Uint8Array;
  /** The name it is exported by, if it is. */
  readonly exportName?: string;
}

/** Everything in a module. */
export interface WasmModule {
  readonly functions: readonly WasmFunction[];
  /** Pages of 64 KiB that the memory starts with; it is exported as `memory` and may grow. */
  readonly memoryPages: number;
  /** Bytes that the memory starts with at an address; the rest is 0. */
  readonly data?: { readonly address: number; readonly bytes: Uint8Array };
  /** Name and content of a custom section, which engines skip. */
  readonly custom?: { readonly name: string; readonly text: string };
}

const sections = {
  custom: 0,
  type: 1,
  function: 3,
  memory: 5,
  export: 7,
  code: 10,
  data: 11,
} as const;
const exportKinds = { function: 0, memory: 2 } as const;
const functionTypeByte = 0x60;

function section(module: ByteWriter, id: number, write: (content: ByteWriter) => void): void {
  const content = new ByteWriter();
  write(content);
  module.byte(id);
  module.sized(content.finish());
}

/** The bytes of a module. O(size of the code). */
export function encodeModule({
  functions,
  memoryPages,
  data,
  custom,
}: WasmModule): Uint8Array<ArrayBuffer> {
  const types = new Map<string, { readonly index: number; readonly type: FunctionType }>();
  const typeIndices = functions.map(({ type }) => {
    const key = `${type.parameters.join()} ${type.results.join()}`;
    const known = types.get(key) ?? { index: types.size, type };
    types.set(key, known);
    return known.index;
  });
  const exported = functions.flatMap(({ exportName }, index) =>
    exportName === undefined ? [] : [{ name: exportName, index }],
  );

  const module = new ByteWriter();
  module.bytes([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  section(module, sections.type, (content) => {
    content.unsigned(types.size);
    for (const { type } of types.values()) {
      content.byte(functionTypeByte);
      for (const list of [type.parameters, type.results]) {
        content.unsigned(list.length);
        for (const each of list) content.byte(valueTypes[each]);
      }
    }
  });
  section(module, sections.function, (content) => {
    content.unsigned(functions.length);
    for (const index of typeIndices) content.unsigned(index);
  });
  section(module, sections.memory, (content) => {
    content.bytes([1, 0]);
    content.unsigned(memoryPages);
  });
  section(module, sections.export, (content) => {
    content.unsigned(exported.length + 1);
    content.name('memory');
    content.bytes([exportKinds.memory, 0]);
    for (const { name, index } of exported) {
      content.name(name);
      content.byte(exportKinds.function);
      content.unsigned(index);
    }
  });
  section(module, sections.code, (content) => {
    content.unsigned(functions.length);
    for (const each of functions) content.sized(encodeBody(each));
  });
  if (data !== undefined) {
    section(module, sections.data, (content) => {
      // One active segment of memory 0, at a constant address.
      content.bytes([1, 0, plain.i32Const]);
      content.signed(data.address);
      content.byte(plain.end);
      content.sized(data.bytes);
    });
  }
  if (custom !== undefined) {
    section(module, sections.custom, (content) => {
      content.name(custom.name);
      content.bytes(new TextEncoder().encode(custom.text));
    });
  }
  return module.finish();
}

/** Locals in runs of equal types, the code, and its end. */
function encodeBody({ locals, code }: WasmFunction): Uint8Array {
  const runs: { type: WasmType; length: number }[] = [];
  for (const type of locals) {
    const last = runs.at(-1);
    if (last?.type === type) last.length += 1;
    else runs.push({ type, length: 1 });
  }
  const body = new ByteWriter();
  body.unsigned(runs.length);
  for (const { type, length } of runs) {
    body.unsigned(length);
    body.byte(valueTypes[type]);
  }
  body.bytes(code);
  body.byte(plain.end);
  return body.finish();
}
