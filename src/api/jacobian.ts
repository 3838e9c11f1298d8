/** The public entry: Jacobians of traced functions by vertex elimination. */
import { namedDerivative, positionalDerivative, type UserFunction } from './derivative.ts';
import { hessianPlanner, jacobianPlanner, valueAndJacobianPlanner } from './plans.ts';
import type {
  ArgumentNumbers,
  Each,
  EntryOf,
  HessianOptions,
  JacobianOptions,
  Mirror,
  NamedDerivative,
  NamedInputs,
  NamedShapes,
  PositionalDerivative,
  PositionalInputs,
  Row,
  ScalarFunction,
  ScalarResult,
} from './types.ts';
import type { Traced } from '../program/trace.ts';
import type { Shape } from '../program/types.ts';
import type { NestedArray } from '../subject/tensors.ts';

/** Options for a function of separate arguments, of which `argnums` picks some. */
type Positional<Options, A extends ArgumentNumbers> = Omit<Options, 'argnums'> &
  PositionalInputs<A>;

/** Options for a function of one object: its rows are objects, so there are no argument numbers. */
type Named<Options, S extends NamedShapes> = Omit<Options, 'argnums'> & NamedInputs<S>;

/** The options as the overloads let them be. */
interface AnyInputs {
  readonly inputs?: readonly Shape[] | NamedShapes;
}

function isNamed<O extends AnyInputs>(options: O): options is O & NamedInputs<NamedShapes> {
  return options.inputs !== undefined && !Array.isArray(options.inputs);
}

function listed({ inputs }: AnyInputs): readonly Shape[] | undefined {
  return Array.isArray(inputs) ? (inputs as readonly Shape[]) : undefined;
}

/**
 * The Jacobian of a function of scalars and tensors, as a function of numbers and arrays.
 *
 *     const J = jacobian((x, y) => [x.mul(y), sin(x)], { order: 'markowitz' });
 *     J(2, 3); // [[3, 2], [Math.cos(2), 0]]
 *
 * The result mirrors what `f` returns (one value, an array or an object of values), with a row of
 * ∂/∂ each argument in place of each value; `argnums: [0, 2]` picks arguments, `argnums: 0` gives
 * the entry itself instead of a row. A function of one object, `({ x, y }) => …`, needs
 * `inputs: { x: [], y: [] }`, and its rows are objects with the same names.
 *
 * Tensors are nested arrays, and so are their entries: axes of the output, then of the input. The
 * shapes of separate arguments are those of the arrays that it is called with, or what `inputs`
 * lists; then typed arrays hold the elements in row-major order.
 *
 *     jacobian((w, x) => w.mul(x))([1, 2], 3); // [[[3, 0], [0, 3]], [1, 2]]
 *
 * `f` is traced once for each list of shapes, at the first call, and compiled to JavaScript. Its
 * control flow is that of the trace; use `where` for choices that depend on values.
 * @throws UserError, at the first call, for an unknown or illegal order, and what tracing throws
 */
export function jacobian<F extends ScalarFunction, const A extends ArgumentNumbers = undefined>(
  f: F,
  options?: Positional<JacobianOptions, A>,
): PositionalDerivative<
  F,
  Mirror<ReturnType<F>, Row<Parameters<F>, A, number>>,
  Mirror<ReturnType<F>, Row<Parameters<F>, A, NestedArray>>,
  Mirror<ReturnType<F>, Row<Parameters<F>, A, Float64Array>>
>;
export function jacobian<const S extends NamedShapes, R extends ScalarResult>(
  f: (inputs: Each<S, Traced>) => R,
  options: Named<JacobianOptions, S>,
): NamedDerivative<S, Mirror<R, Each<S, EntryOf<S>>>, Mirror<R, Each<S, Float64Array>>>;
export function jacobian(f: UserFunction, options: JacobianOptions & AnyInputs = {}): object {
  const planner = jacobianPlanner(options);
  return isNamed(options)
    ? namedDerivative(f, options.inputs, options.name, planner)
    : positionalDerivative(f, listed(options), options.name, planner);
}

/** What `valueAndJacobian` gives: both share the work that they have in common. */
export interface ValueAndJacobian<Value, Jacobian> {
  readonly value: Value;
  readonly jacobian: Jacobian;
}

/**
 * The function's value together with its Jacobian; otherwise as `jacobian`.
 *
 *     valueAndJacobian((x, y) => x.mul(y))(2, 3); // { value: 6, jacobian: [3, 2] }
 */
export function valueAndJacobian<
  F extends ScalarFunction,
  const A extends ArgumentNumbers = undefined,
>(
  f: F,
  options?: Positional<JacobianOptions, A>,
): PositionalDerivative<
  F,
  ValueAndJacobian<
    Mirror<ReturnType<F>, number>,
    Mirror<ReturnType<F>, Row<Parameters<F>, A, number>>
  >,
  ValueAndJacobian<
    Mirror<ReturnType<F>, NestedArray>,
    Mirror<ReturnType<F>, Row<Parameters<F>, A, NestedArray>>
  >,
  ValueAndJacobian<
    Mirror<ReturnType<F>, Float64Array>,
    Mirror<ReturnType<F>, Row<Parameters<F>, A, Float64Array>>
  >
>;
export function valueAndJacobian<const S extends NamedShapes, R extends ScalarResult>(
  f: (inputs: Each<S, Traced>) => R,
  options: Named<JacobianOptions, S>,
): NamedDerivative<
  S,
  ValueAndJacobian<Mirror<R, EntryOf<S>>, Mirror<R, Each<S, EntryOf<S>>>>,
  ValueAndJacobian<Mirror<R, Float64Array>, Mirror<R, Each<S, Float64Array>>>
>;
export function valueAndJacobian(
  f: UserFunction,
  options: JacobianOptions & AnyInputs = {},
): object {
  const planner = valueAndJacobianPlanner(options);
  return isNamed(options)
    ? namedDerivative(f, options.inputs, options.name, planner)
    : positionalDerivative(f, listed(options), options.name, planner);
}

/**
 * Second derivatives: a symmetric matrix in place of each value of `f`.
 *
 *     hessian((x, y) => x.mul(x).mul(y))(2, 3); // [[6, 4], [4, 0]]
 *
 * The Jacobian's Program is linearised and accumulated again; `order` names the heuristic of both.
 * `argnums` and functions of one object work as in `jacobian`.
 */
export function hessian<F extends ScalarFunction, const A extends ArgumentNumbers = undefined>(
  f: F,
  options?: Positional<HessianOptions, A>,
): PositionalDerivative<
  F,
  Mirror<ReturnType<F>, Row<Parameters<F>, A, Row<Parameters<F>, A, number>>>,
  Mirror<ReturnType<F>, Row<Parameters<F>, A, Row<Parameters<F>, A, NestedArray>>>,
  Mirror<ReturnType<F>, Row<Parameters<F>, A, Row<Parameters<F>, A, Float64Array>>>
>;
export function hessian<const S extends NamedShapes, R extends ScalarResult>(
  f: (inputs: Each<S, Traced>) => R,
  options: Named<HessianOptions, S>,
): NamedDerivative<
  S,
  Mirror<R, Each<S, Each<S, EntryOf<S>>>>,
  Mirror<R, Each<S, Each<S, Float64Array>>>
>;
export function hessian(f: UserFunction, options: HessianOptions & AnyInputs = {}): object {
  const planner = hessianPlanner(options);
  return isNamed(options)
    ? namedDerivative(f, options.inputs, options.name, planner)
    : positionalDerivative(f, listed(options), options.name, planner);
}
