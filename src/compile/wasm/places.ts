/** Where in a module things stand that code refers to. */
import type { LaneTable } from '../lanes/types.ts';

/** Where a table lies: number k of row r at `address + r·2^rowShift + k·(bytes of a number)`. */
export interface TablePlace {
  readonly address: number;
  readonly rowShift: number;
}

/** Where in the module functions stand that code calls, and tables that it looks things up in. */
export interface ModulePlaces {
  /** The index of a routine of the body. */
  routine(place: number): number;
  /** The index of a function of the body. */
  callee(place: number): number;
  /**
   * The address of a real literal that is loaded where it is used; undefined: it is written into the code,
   * as integers are.
   * A loop keeps constants in registers or on the stack; what is called anew for every vector would make
   * each again, by three instructions in V8.
   */
  literal(value: number): number | undefined;
  /** The numbers of a table. */
  table(table: LaneTable): TablePlace;
}
