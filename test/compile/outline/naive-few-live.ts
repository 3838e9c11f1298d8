/** The order "few live" by its definition: at every step everything is counted anew. */
import {
  definedBy,
  isLiteral,
  operandsOf,
  type OutlinedProgram,
  type OutlinedStatement,
} from '../../../src/compile/outline/statements.ts';

const slow = new Set(['div', 'sqrt']);
const usual = new Set(['add', 'sub', 'mul', 'fma', 'fnma']);

function latency(statement: OutlinedStatement): number {
  if (statement.kind !== 'define') return 20;
  const { op } = statement.operation;
  if (slow.has(op)) return 13;
  return usual.has(op) ? 4 : 1;
}

/** The statements in their order. */
export function naiveFewLive({ statements }: OutlinedProgram): OutlinedStatement[] {
  const literals = statements.filter(isLiteral);
  const others = statements.filter((each) => !isLiteral(each));
  const makers = new Map(
    others.flatMap((each) => definedBy(each).map((value) => [value, each] as const)),
  );
  const needs = new Map(
    others.map((each) => [
      each,
      [...new Set(operandsOf(each).flatMap((operand) => makers.get(operand) ?? []))],
    ]),
  );
  const needsOf = (each: OutlinedStatement): OutlinedStatement[] => needs.get(each) ?? [];
  const users = new Map(others.map((each) => [each, new Set<OutlinedStatement>()]));
  for (const each of others) for (const operand of needsOf(each)) users.get(operand)?.add(each);
  const usersOf = (each: OutlinedStatement): OutlinedStatement[] => [...(users.get(each) ?? [])];
  const heights = new Map<OutlinedStatement, number>();
  for (const each of others.toReversed()) {
    const above = usersOf(each).map((user) => heights.get(user) ?? 0);
    heights.set(each, latency(each) + Math.max(0, ...above));
  }

  /** Places from 1 on. */
  const placed = new Map<OutlinedStatement, number>();
  const usersLeft = (of: OutlinedStatement): number =>
    usersOf(of).filter((each) => !placed.has(each)).length;
  while (placed.size < others.length) {
    const live = [...placed.keys()].filter((each) => usersLeft(each) > 0).length;
    const ready = others.filter(
      (each) => !placed.has(each) && needsOf(each).every((operand) => placed.has(operand)),
    );
    const ranked = ready.map((each) => {
      const operands = needsOf(each);
      const freed =
        operands.filter((operand) => usersLeft(operand) === 1).length -
        (usersLeft(each) > 0 ? 1 : 0);
      const latest = Math.max(0, ...operands.map((operand) => placed.get(operand) ?? 0));
      return live >= 12
        ? { each, first: freed, second: latest }
        : { each, first: Math.min(freed, 0), second: heights.get(each) ?? 0 };
    });
    // Stable: of equals the one that was written first.
    const [best] = ranked.toSorted((a, b) => b.first - a.first || b.second - a.second);
    if (best === undefined) throw new Error('statements wait for each other');
    placed.set(best.each, placed.size + 1);
  }
  return [...literals, ...placed.keys()];
}
