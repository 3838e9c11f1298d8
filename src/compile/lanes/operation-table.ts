/**
 * Operations by what they are (hash-consing): equal ones have one value, products and the like in either
 * order of their operands. Keys are numbers where they fit, which are found faster than text.
 */
import type { LaneOperation, LaneOperationName, LaneValue } from './types.ts';

const commutative = new Set<LaneOperationName>([
  ...(['add', 'mul', 'eq', 'ne'] as const),
  ...(['integerAdd', 'integerAnd', 'integerOr', 'integerXor', 'integerEq'] as const),
  ...(['maskAnd', 'maskOr'] as const),
]);

/** Values below it fit into a key, three of them into 51 bits. */
const smallValues = 2 ** 17;

type Key = number | string | bigint;

/** The value of each operation. */
export class OperationTable {
  readonly #values = new Map<LaneOperationName, Map<Key, LaneValue>>();

  /** The value of an operation that is there. */
  find(operation: LaneOperation): LaneValue | undefined {
    return this.#values.get(operation.op)?.get(keyOf(operation));
  }

  /** Gives an operation its value. */
  add(operation: LaneOperation, value: LaneValue): void {
    let values = this.#values.get(operation.op);
    if (values === undefined) {
      values = new Map();
      this.#values.set(operation.op, values);
    }
    values.set(keyOf(operation), value);
  }
}

/** Equal for operations of one name that are equal. */
function keyOf(operation: LaneOperation): Key {
  switch (operation.op) {
    case 'realLiteral':
      // A map takes -0 for 0; all NaNs are one literal.
      return Object.is(operation.value, -0) ? '-0' : operation.value;
    case 'integerLiteral':
      return operation.value;
    case 'shiftLeft':
    case 'shiftRightLogical':
    case 'shiftRightArithmetic':
      return `${operation.operands[0]} ${operation.amount}`;
    case 'lookUp':
      return `${operation.operands[0]} ${operation.table.name} ${operation.column}`;
    default:
      return operandsKey(operation);
  }
}

function operandsKey({ op, operands }: LaneOperation): Key {
  const [x = 0, y = 0, z = 0]: readonly number[] = operands;
  const isSwapped = y < x && commutative.has(op);
  const [first, second] = isSwapped ? [y, x] : [x, y];
  return Math.max(x, y, z) < smallValues
    ? (first * smallValues + second) * smallValues + z
    : `${first} ${second} ${z}`;
}
