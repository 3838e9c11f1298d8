/**
 * An ordinary differential equation unrolled in time by Euler's method: x ← x + h·f(x, θ) for 8
 * states. A component of f depends on its own state, on two others and on one of 4 parameters, chosen by the
 * seed once for all steps; it is two vertices, a product of two of these and a function of it with the rest. The states at
 * the start and the parameters are inputs (so a parameter feeds every step), the last states outputs.
 */
import { constant, scalarPartial, unit, variable } from '../../graph/partial.ts';
import { createRandom } from '../../support/random.ts';
import type { FamilyEdge, GraphFamily } from './types.ts';

const states = 8;
const parameters = 4;
/** Vertices of one state in one step: the product, the component of f, the next state. */
const perState = 3;
const perStep = perState * states;
const inputs = states + parameters;

const general = scalarPartial(variable);
const one = scalarPartial(unit(1));
const stepLength = scalarPartial(constant(0.01));

/** What a component of f depends on, beside its own state. */
interface Component {
  readonly factor: number;
  readonly other: number;
  readonly parameter: number;
}

/** The components of a right-hand side. */
function rightHandSide(seed: number): readonly Component[] {
  const random = createRandom(seed);
  return Array.from({ length: states }, (_, state) => {
    const [factor = 0, other = 0] = random.shuffle(
      Array.from({ length: states - 1 }, (__, place) => place + (place >= state ? 1 : 0)),
    );
    return { factor, other, parameter: states + random.integer(parameters) };
  });
}

/** Place of a state after so many steps. */
function placeOf(state: number, step: number): number {
  return step === 0 ? state : inputs + (step - 1) * perStep + perState * state + 2;
}

function* stepEdges(components: readonly Component[], step: number): Iterable<FamilyEdge> {
  for (const [state, { factor, other, parameter }] of components.entries()) {
    const own = placeOf(state, step);
    const product = placeOf(state, step + 1) - 2;
    yield { from: own, to: product, partial: general };
    yield { from: placeOf(factor, step), to: product, partial: general };
    yield { from: product, to: product + 1, partial: general };
    yield { from: placeOf(other, step), to: product + 1, partial: general };
    yield { from: parameter, to: product + 1, partial: general };
    yield { from: own, to: product + 2, partial: one };
    yield { from: product + 1, to: product + 2, partial: stepLength };
  }
}

/** The family. */
export const unrolledOde: GraphFamily = {
  name: 'unrolled-ode',
  summary: 'Euler steps of a random sparse system of 8 states and 4 parameters',
  standardVertices: 1_000_000,
  leastVertices: inputs + 2 * perStep,
  make: (count, seed) => {
    const steps = Math.floor((count - inputs) / perStep);
    const components = rightHandSide(seed);
    return {
      name: `unrolled-ode-${steps}-seed-${seed}`,
      *vertices() {
        for (let input = 0; input < inputs; input += 1) yield { kind: 'input' };
        for (let step = 1; step <= steps; step += 1) {
          const kind = step === steps ? 'output' : 'intermediate';
          for (let state = 0; state < states; state += 1) {
            yield { kind: 'intermediate', op: 'mul' };
            yield { kind: 'intermediate', op: 'f' };
            yield { kind, op: 'add' };
          }
        }
      },
      *edges() {
        for (let step = 0; step < steps; step += 1) yield* stepEdges(components, step);
      },
    };
  },
};
