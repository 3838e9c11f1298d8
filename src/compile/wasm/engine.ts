/**
 * The part of the WebAssembly interface that is used here. Node's types lack it, and the DOM's would
 * bring a browser into every file.
 */

/** A module that the engine has compiled. */
export interface EngineModule {
  readonly engineModule: object;
}

/** A memory; growing it replaces the buffer. */
export interface EngineMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Bytes of a page of memory. */
export const pageBytes = 65536;

interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
  validate(bytes: Uint8Array): boolean;
}

// Node's types do not know this global, and an engine may lack it.
const engine = (globalThis as { readonly WebAssembly?: Engine }).WebAssembly;

function requireEngine(): Engine {
  if (engine === undefined) throw new Error('this engine has no WebAssembly');
  return engine;
}

/** Whether the engine takes the bytes for a module; no where it has no WebAssembly. */
export function validates(bytes: Uint8Array): boolean {
  return engine?.validate(bytes) ?? false;
}

/** Compiles a module. */
export function compileModule(bytes: Uint8Array): EngineModule {
  const { Module } = requireEngine();
  return { engineModule: new Module(bytes) };
}

/**
 * The exports of a fresh instance.
 * @throws Error where the module exports no memory, or lacks a function
 */
export function instantiateModule<Name extends string>(
  { engineModule }: EngineModule,
  functionNames: readonly Name[],
): Readonly<Record<Name, (...operands: number[]) => void>> & { readonly memory: EngineMemory } {
  const { Instance } = requireEngine();
  const { exports } = new Instance(engineModule);
  const entries = new Map<string, unknown>(Object.entries(exports));
  const missing = functionNames.find((name) => typeof entries.get(name) !== 'function');
  if (missing !== undefined || !entries.has('memory')) {
    throw new Error(`the module does not export ${missing ?? 'memory'}`);
  }
  // Checked above; that functions of the generated module take and give numbers is by its making.
  return exports as ReturnType<typeof instantiateModule<Name>>;
}
