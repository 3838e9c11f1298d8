import { beforeAll, describe, expect, it } from 'vitest';
import { createWasmEngine } from '../../../src/core/wasm.ts';
import { referenceEngine } from '../../../src/core/reference.ts';
import type { CostedGraph } from '../../../src/cost/types.ts';
import { graphHash } from '../../../src/graph/canonical.ts';
import type { Position } from '../../../src/graph/types.ts';
import { eliminableVertices, orderFromPositions } from '../../../src/order/orders.ts';
import { imitation } from '../../../src/policy/imitation/algorithm.ts';
import { Classroom } from '../../../src/policy/imitation/lesson.ts';
import { heldOutGraphs, lessonGraph } from '../../../src/policy/imitation/lesson-graphs.ts';
import { Teacher } from '../../../src/policy/imitation/teacher.ts';
import { runLearning } from '../../../src/policy/learning/run.ts';
import { startLearning } from '../../../src/policy/learning/start.ts';
import { initialWeights } from '../../../src/policy/networks/message-passing.ts';
import { policyText, readPolicy, stoppedRun } from '../../../src/policy/policy-file.ts';
import { type OpenTensorFlow, openTensorFlow } from '../../../src/policy/tensorflow.ts';
import { completeParameters } from '../../../src/search/parameters.ts';
import type { ParameterValue } from '../../../src/search/strategy.ts';
import { createRandom } from '../../../src/support/random.ts';
import { costedOddGraph } from '../support.ts';

const schedule = { tries: 8, sweeps: 20, hot: 2, cold: 0.15 };

function countOf(costed: CostedGraph, order: readonly Position[]): number {
  const own = orderFromPositions(costed.graph, order);
  return referenceEngine.load(costed).count([own])[0] ?? NaN;
}

/** A shuffled order, cut somewhere into moves that were made and a rest. */
function somePosition(costed: CostedGraph, seed: number) {
  const random = createRandom(seed);
  const order = random.shuffle(eliminableVertices(costed.graph));
  const place = random.integer(order.length + 1);
  return { moves: order.slice(0, place), rest: order.slice(place) };
}

describe('a teacher', () => {
  it('calls good what can be moved to the front at no cost, counted on the whole graph', () => {
    let some = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const costed = costedOddGraph(seed, seed % 11);
      const { moves, rest } = somePosition(costed, seed);
      const teacher = new Teacher(createWasmEngine(), costed);
      const good = teacher.goodMoves(moves, rest);
      const base = countOf(costed, [...moves, ...rest]);
      const expected = rest.filter((vertex) => {
        const others = rest.filter((other) => other !== vertex);
        return countOf(costed, [...moves, vertex, ...others]) <= base;
      });
      expect(
        [...good].sort((a, b) => a - b),
        `graph ${seed}`,
      ).toEqual(expected.sort((a, b) => a - b));
      some += Number(good.size < rest.length);
      teacher.dispose();
    }
    expect(some).toBeGreaterThan(8);
  });

  it('never makes what remains dearer, and mostly cheaper', () => {
    let cheaper = 0;
    for (let seed = 0; seed < 40; seed += 1) {
      const costed = costedOddGraph(seed, 4 + (seed % 16));
      const { moves, rest } = somePosition(costed, seed);
      const teacher = new Teacher(createWasmEngine(), costed);
      const improved = teacher.improve(moves, rest, schedule, seed);
      const [before, after] = [rest, improved].map((one) => countOf(costed, [...moves, ...one]));
      expect(after, `graph ${seed}`).toBeLessThanOrEqual(before ?? NaN);
      cheaper += Number((after ?? NaN) < (before ?? NaN));
      teacher.dispose();
    }
    expect(cheaper).toBeGreaterThan(10);
  });
});

describe('a lesson', () => {
  it('labels positions on its way with policies and with what vertices cost in its order', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const costed = costedOddGraph(seed, 2 + seed);
      const room = new Classroom(createWasmEngine(), costed, initialWeights(seed));
      const asked = { temperature: seed % 2, sweeps: 10, positions: 3 };
      const { lesson, played, annealed } = room.teach(asked, seed);
      expect(annealed).toBeLessThanOrEqual(played);
      expect(annealed).toBe(countOf(costed, lesson.order));
      const labelled = room.positions(lesson);
      expect(labelled).toHaveLength(lesson.places.length);
      labelled.forEach(({ position, policy, costs }, index) => {
        const place = lesson.places[index] ?? NaN;
        expect([...position.vertices]).toEqual(lesson.order.slice(place).sort((a, b) => a - b));
        expect(policy.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
        const steps = referenceEngine.load(costed).steps(lesson.order);
        const rest = steps.slice(place).reduce((sum, one) => sum + one, 0);
        expect(costs.reduce((sum, one) => sum + one, 0)).toBeCloseTo(rest, 3);
      });
      room.dispose();
    }
  });

  it('has another graph each time, the same from the same seed, and none that is held out', () => {
    const hashes = Array.from({ length: 60 }, (_, index) => graphHash(lessonGraph(1, index).graph));
    expect(graphHash(lessonGraph(1, 7).graph)).toBe(hashes[7]);
    // Stencils differ by their size alone.
    expect(new Set(hashes).size).toBeGreaterThan(50);
    for (const { costed } of heldOutGraphs(2))
      expect(hashes).not.toContain(graphHash(costed.graph));
  });
});

describe('imitation without a task', () => {
  let opened: OpenTensorFlow;
  beforeAll(async () => {
    opened = await openTensorFlow('wasm');
  });

  it('that is stopped, written, read and resumed ends with the same file', async () => {
    const values = { lessons: 4, positions: 2, sweeps: 5, batch: 4, 'gradient-steps': 1 };
    const parameters = new Map<string, ParameterValue>(Object.entries(values));
    const description = {
      algorithm: imitation.name,
      parameters: completeParameters(imitation.parameters, parameters),
      tasks: [],
    };
    const { tf } = opened;
    const setting = { tf, graphs: [], parameters, state: startLearning(0, 9) };
    const whole = await imitation.open(setting);
    await runLearning(whole, { episodes: 4 }, () => undefined);
    const half = await imitation.open(setting);
    await runLearning(half, { episodes: 2 }, () => undefined);
    const text = policyText(half, description);
    const stopped = stoppedRun(readPolicy(JSON.parse(text), 'a file'), [], 'a file');
    const rest = await imitation.open({ tf, graphs: [], ...stopped });
    await runLearning(rest, { episodes: 4 }, () => undefined);
    expect(policyText(rest, description)).toBe(policyText(whole, description));
    for (const run of [whole, half, rest]) run.dispose();
  });
});
