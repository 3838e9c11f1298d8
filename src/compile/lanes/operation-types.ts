/** What operations take and give. */
import type { LaneOperationName, LaneType } from './types.ts';

const masks = new Set<LaneOperationName>([
  ...(['lt', 'le', 'gt', 'ge', 'eq', 'ne', 'integerLt', 'integerEq'] as const),
  ...(['maskAnd', 'maskOr', 'maskNot'] as const),
]);

const integers = new Set<LaneOperationName>([
  ...(['integerLiteral', 'integerAdd', 'integerSub'] as const),
  ...(['integerAnd', 'integerOr', 'integerXor'] as const),
  ...(['shiftLeft', 'shiftRightLogical', 'shiftRightArithmetic', 'bitsOf', 'toInteger'] as const),
]);

const ofMasks = new Set<LaneOperationName>(['maskAnd', 'maskOr', 'maskNot']);

const ofIntegers = new Set<LaneOperationName>([
  ...(['integerAdd', 'integerSub', 'integerAnd', 'integerOr', 'integerXor'] as const),
  ...([
    'integerLt',
    'integerEq',
    'shiftLeft',
    'shiftRightLogical',
    'shiftRightArithmetic',
  ] as const),
  ...(['realOf', 'toReal', 'lookUp'] as const),
]);

/** The type of a result. @param second the type of the second operand, which a select's result has */
export function resultType(op: LaneOperationName, second: LaneType): LaneType {
  if (op === 'select') return second;
  if (masks.has(op)) return 'mask';
  return integers.has(op) ? 'integer' : 'real';
}

/** The type of all operands; `undefined` for select, which takes a mask and two of either type. */
export function operandType(op: LaneOperationName): LaneType | undefined {
  if (op === 'select') return undefined;
  if (ofMasks.has(op)) return 'mask';
  return ofIntegers.has(op) ? 'integer' : 'real';
}
