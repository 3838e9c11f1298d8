// Compose and add of an EdgeAlgebra as look-up tables, filled lazily by the host: an entry that
// nobody asked for yet is ENTRY_MISSING, and the call that meets one stops and names the pair.
// A row has 2^shift entries, so the tables grow by doubling as the algebra meets new states; an
// entry is four bytes (4,096 states: 64 MiB a table). Several graphs share one tables block. A product
// that is structurally zero has STATE_NONE for its state.

import {
  ADD,
  COMPOSE,
  COSTS,
  COSTS_CAPACITY,
  ENTRY_MISSING,
  SHIFT,
  STATE_NONE,
  TABLES_HEADER_BYTES,
} from './layout';
import { allocate, allocateZeroed, release } from './memory';

/** Copies a table of 2^from rows into a new one of 2^to rows; 0 where memory ends. */
function widened(old: usize, from: u32, to: u32): usize {
  const bytes: usize = 4 << (to << 1);
  const table = allocate(bytes);
  if (table == 0) return 0;
  memory.fill(table, 0xff, bytes);
  if (old != 0) {
    const rows: usize = 1 << from;
    for (let row: usize = 0; row < rows; row++) {
      memory.copy(table + (row << (to + 2)), old + (row << (from + 2)), rows << 2);
    }
  }
  return table;
}

/** An empty pair of tables for up to 2^shift states; 0 where memory ends. */
export function createTables(shift: u32): usize {
  const tables = allocateZeroed(TABLES_HEADER_BYTES);
  if (tables == 0) return 0;
  if (growTables(tables, shift)) return tables;
  disposeTables(tables);
  return 0;
}

/** Makes room for 2^shift states; the tables stay as they were where memory ends. */
export function growTables(tables: usize, shift: u32): bool {
  const old = load<u32>(tables, SHIFT);
  const compose = widened(load<u32>(tables, COMPOSE), old, shift);
  if (compose == 0) return false;
  const add = widened(load<u32>(tables, ADD), old, shift);
  if (add == 0) {
    release(compose);
    return false;
  }
  release(load<u32>(tables, COMPOSE));
  release(load<u32>(tables, ADD));
  store<u32>(tables, <u32>compose, COMPOSE);
  store<u32>(tables, <u32>add, ADD);
  store<u32>(tables, shift, SHIFT);
  return true;
}

/** Sets the cost that entries name by `index`; false where memory ends. */
export function setCost(tables: usize, index: u32, cost: f64): bool {
  const capacity = load<u32>(tables, COSTS_CAPACITY);
  if (index >= capacity) {
    const larger = max<u32>(16, max<u32>(index + 1, capacity << 1));
    const costs = allocate((<usize>larger) << 3);
    if (costs == 0) return false;
    const old = load<u32>(tables, COSTS);
    if (old != 0) memory.copy(costs, old, (<usize>capacity) << 3);
    release(old);
    store<u32>(tables, <u32>costs, COSTS);
    store<u32>(tables, larger, COSTS_CAPACITY);
  }
  store<f64>(<usize>load<u32>(tables, COSTS) + ((<usize>index) << 3), cost);
  return true;
}

/** Fills entry (left, right) of compose, or of add. */
export function setEntry(
  tables: usize,
  isAdd: bool,
  left: u32,
  right: u32,
  state: u32,
  costIndex: u32,
): void {
  const table = isAdd ? load<u32>(tables, ADD) : load<u32>(tables, COMPOSE);
  const entry = ((left << load<u32>(tables, SHIFT)) | right) << 2;
  store<u32>(table + entry, state | (costIndex << 16));
}

export function disposeTables(tables: usize): void {
  release(load<u32>(tables, COMPOSE));
  release(load<u32>(tables, ADD));
  release(load<u32>(tables, COSTS));
  release(tables);
}

/** Entry (left, right), or ENTRY_MISSING. */
export function entryAt(table: usize, shift: u32, left: u32, right: u32): u32 {
  return load<u32>(table + (((left << shift) | right) << 2));
}

export function isMissing(entry: u32): bool {
  return entry == ENTRY_MISSING;
}

export function stateOf(entry: u32): u32 {
  return entry & 0xffff;
}

/** True for an entry of a product that is structurally zero. */
export function isZero(entry: u32): bool {
  return (entry & 0xffff) == STATE_NONE;
}

export function costOf(costs: usize, entry: u32): f64 {
  return load<f64>(costs + ((entry >>> 16) << 3));
}
