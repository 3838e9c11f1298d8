/** The functions that the code of a module calls: elementary functions and routines, each once. */
import type { LaneBody, LaneProgram, LaneRoutine, LaneTable } from '../lanes/types.ts';
import { emitFunction } from './body.ts';
import { FunctionEmitter } from './emitter.ts';
import type { WasmFunction } from './module.ts';
import type { ConstantPool } from './constants.ts';
import type { LaneFormat } from './operations.ts';
import type { ModulePlaces } from './places.ts';
import type { OutlinedProgram } from '../outline/statements.ts';

/** Functions in the order of their indices from 0, routines before those that use them. */
export class FunctionLibrary {
  readonly functions: WasmFunction[] = [];
  readonly #format: LaneFormat;
  readonly #routines = new Map<string, number>();
  readonly #callees = new Map<LaneProgram, number>();

  readonly #constants: ConstantPool;

  /** No functions yet; tables of theirs will lie among the constants. */
  constructor(format: LaneFormat, constants: ConstantPool) {
    this.#format = format;
    this.#constants = constants;
  }

  /** Adds what a program needs and is not there yet. @returns where its functions stand */
  add(program: OutlinedProgram): ModulePlaces {
    const callees = program.functions.map((each) => {
      const known = this.#callees.get(each);
      if (known !== undefined) return known;
      const own = this.#routinesOf(each.routines);
      const added = this.#add(each, { routine: own, callee: noFunction });
      this.#callees.set(each, added);
      return added;
    });
    return {
      routine: this.#routinesOf(program.routines),
      callee: (place) => callees[place] ?? noFunction(place),
      literal: () => undefined,
      table: (table) => this.#constants.table(table),
    };
  }

  #routinesOf(routines: readonly LaneRoutine[]): (place: number) => number {
    const places = routines.map((routine) => {
      const known = this.#routines.get(routine.name);
      if (known !== undefined) return known;
      const added = this.#add(routine, { routine: noFunction, callee: noFunction });
      this.#routines.set(routine.name, added);
      return added;
    });
    return (place) => places[place] ?? noFunction(place);
  }

  #add(body: LaneBody, functions: Pick<ModulePlaces, 'routine' | 'callee'>): number {
    const places: ModulePlaces = {
      ...functions,
      // Zero takes one instruction.
      literal: (value) => (Object.is(value, 0) ? undefined : this.#constants.numbers([value])),
      table: (table: LaneTable) => this.#constants.table(table),
    };
    const emitter = new FunctionEmitter({
      parameters: body.arguments.map(() => 'v128'),
      results: body.results.map(() => 'v128'),
    });
    emitFunction(emitter, this.#format, body, places);
    this.functions.push(emitter.finish());
    return this.functions.length - 1;
  }
}

function noFunction(place: number): never {
  throw new Error(`code calls a function ${place} that it does not have`);
}
