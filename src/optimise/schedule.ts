/**
 * Orders the statements of a Program so that few values are live at a time: list scheduling from the
 * inputs, where the next statement is one that frees most operands, then the one whose operands were
 * made last (Goodman and Hsu, Code scheduling and register allocation in large basic blocks, ICS 1988,
 * its phase for few registers). Values and roundings stay the same, bit for bit. O(equations²) at
 * worst.
 */
import { ProgramBuilder } from '../program/builder.ts';
import type { Operand, Program } from '../program/types.ts';

/** The same equations in another order. */
export function scheduleForFewLive(program: Program): Program {
  const { inputs, equations, outputs } = program;
  const first = inputs.length;
  const usesLeft = new Int32Array(first + equations.length);
  const users: number[][] = equations.map(() => []);
  const waiting = new Int32Array(equations.length);
  const operandsOf = equations.map(({ operands }) => [
    ...new Set(operands.flatMap((operand) => (operand.kind === 'value' ? [operand.id] : []))),
  ]);
  operandsOf.forEach((operands, index) => {
    for (const id of operands) {
      usesLeft[id] = (usesLeft[id] ?? 0) + 1;
      if (id < first) continue;
      users[id - first]?.push(index);
      waiting[index] = (waiting[index] ?? 0) + 1;
    }
  });
  // An output is stored as soon as it is made: it needs no place afterwards.
  const made = new Int32Array(first + equations.length);
  const ready: number[] = [];
  equations.forEach((_, index) => {
    if (waiting[index] === 0) ready.push(index);
  });
  const order: number[] = [];
  while (ready.length > 0) {
    let best = 0;
    let bestScore = [-Infinity, -Infinity];
    ready.forEach((index, place) => {
      const operands = operandsOf[index] ?? [];
      // Inputs are in memory whether they are used or not.
      const freed = operands.filter((id) => id >= first && usesLeft[id] === 1).length;
      const grows = (usesLeft[first + index] ?? 0) > 0 ? 1 : 0;
      const latest = operands.reduce((last, id) => Math.max(last, made[id] ?? 0), 0);
      const score = [freed - grows, latest];
      const [freeing = 0, recent = 0] = score;
      const [bestFreeing = 0, bestRecent = 0] = bestScore;
      if (freeing < bestFreeing || (freeing === bestFreeing && recent <= bestRecent)) return;
      best = place;
      bestScore = score;
    });
    const [index = 0] = ready.splice(best, 1);
    order.push(index);
    made[first + index] = order.length;
    for (const id of operandsOf[index] ?? []) usesLeft[id] = (usesLeft[id] ?? 0) - 1;
    for (const user of users[index] ?? []) {
      waiting[user] = (waiting[user] ?? 0) - 1;
      if (waiting[user] === 0) ready.push(user);
    }
  }

  const builder = new ProgramBuilder(program.name);
  const values: Operand[] = inputs.map(({ name, type }) => builder.input(name, type));
  const moved = (operand: Operand): Operand => {
    if (operand.kind === 'literal') return operand;
    const found = values[operand.id];
    if (found === undefined) throw new Error(`value ${operand.id} is used before it exists`);
    return found;
  };
  for (const index of order) {
    const equation = equations[index];
    if (equation === undefined) throw new Error(`there is no equation ${index}`);
    const { primitive, operands, parameters } = equation;
    values[first + index] = builder.emit(primitive, operands.map(moved), parameters);
  }
  for (const { name, operand } of outputs) builder.output(name, moved(operand));
  return builder.build();
}

/** Most values of equations that are live at once; outputs are stored when they are made. */
export function mostLive({ inputs, equations }: Program): number {
  const last = new Map<number, number>();
  equations.forEach(({ operands }, index) => {
    for (const operand of operands) {
      if (operand.kind === 'value') last.set(operand.id, index);
    }
  });
  let live = 0;
  let most = 0;
  const dying = new Int32Array(equations.length);
  equations.forEach((_, index) => {
    const end = last.get(inputs.length + index);
    // A result may take the place of an operand that is used for the last time.
    live -= dying[index] ?? 0;
    if (end === undefined) return;
    live += 1;
    dying[end] = (dying[end] ?? 0) + 1;
    most = Math.max(most, live);
  });
  return most;
}
