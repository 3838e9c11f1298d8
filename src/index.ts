/**
 * crosscountry: elimination orders for Jacobians.
 *
 *     import { jacobian, sin } from 'crosscountry';
 *     const J = jacobian((x, y) => [x.mul(y), sin(x)], { order: 'markowitz' });
 *     J(2, 3); // [[3, 2], [Math.cos(2), 0]]
 *
 * The first section is what most users need; the others are the steps behind it, each usable alone:
 * trace → linearise → order → accumulate → compile.
 */

// Derivatives of functions.
export { hessian, jacobian, valueAndJacobian, type ValueAndJacobian } from './api/jacobian.ts';
export type { NestedNumbers, NumberArray, TensorArgument } from './api/arguments.ts';
export type {
  ArgumentOf,
  BatchArgument,
  Derivative,
  DerivativeDetails,
  EntryOf,
  HessianOptions,
  JacobianOptions,
  NamedDerivative,
  NamedInputs,
  NamedShapes,
  OrderChoice,
  PositionalDerivative,
  Scalar,
  ScalarFunction,
  ScalarResult,
} from './api/types.ts';
export type { NestedArray } from './subject/tensors.ts';
export * from './program/ops.ts';

// Programs.
export { ProgramBuilder } from './program/builder.ts';
export { interpret } from './program/interpret.ts';
export { parseProgram, printProgram } from './program/listing.ts';
export { simplify } from './program/simplify.ts';
export { trace, Traced } from './program/trace.ts';
export type {
  Equation,
  Literal,
  Operand,
  Program,
  ProgramInput,
  ProgramOutput,
  Reference,
  Shape,
  Tensor,
  ValueId,
  ValueType,
} from './program/types.ts';

// Linearised computational graphs.
export { graphHash } from './graph/canonical.ts';
export { readGraph, writeGraph } from './graph/file.ts';
export { linearise, type Linearisation } from './graph/linearise.ts';
export type { Edge, ElementalPartial, Graph, Position, Vertex, VertexId } from './graph/types.ts';

// Elimination orders and what they cost.
export { costModelNamed, costModels } from './cost/models.ts';
export type { CostedGraph, CostModel } from './cost/types.ts';
export { wasmEngine } from './core/wasm.ts';
export type { EliminationEngine, EliminationHandle } from './core/types.ts';
export { eliminableVertices, orderFromPositions, orderIds, parseOrder } from './order/orders.ts';
export type { EliminationOrder } from './order/types.ts';
export { heuristicNamed, heuristics } from './search/heuristics/heuristics.ts';
export type { Heuristic } from './search/heuristics/types.ts';

// Accumulation and code.
export { accumulate, jacobianProgram } from './accumulate/accumulate.ts';
export type {
  Accumulation,
  JacobianBlock,
  JacobianProgramOptions,
} from './accumulate/accumulate.ts';
export { compileJavaScript, type CompiledJavaScript } from './compile/js/compile.ts';
export { allTargets, compile, shaderTargets, targetNamed, targets } from './compile/targets.ts';
export { type AsyncCompileOptions, type AsyncProgram, compileAsync } from './execute/compile.ts';
export { type AdapterDescription, ComputeDevice } from './execute/device.ts';
export { DeviceError, type DeviceErrorKind } from './execute/device-error.ts';
export {
  type AsyncJacobian,
  type AsyncJacobianOptions,
  compileJacobianAsync,
} from './accumulate/compile-jacobian-async.ts';
export type {
  CompiledProgram,
  CompileOptions,
  Numbers,
  PointKernel,
  Precision,
  ProgramKernel,
  Target,
} from './compile/types.ts';
export {
  compileJacobian,
  type CompiledJacobian,
  denseNumbers,
  type JacobianCompileOptions,
  type JacobianForm,
  sparseNumbers,
} from './accumulate/compile-jacobian.ts';
export {
  compactJacobian,
  type CompactJacobian,
  type JacobianEntry,
  type JacobianLayout,
} from './accumulate/jacobian-layout.ts';

// What is thrown for people.
export { UserError } from './support/user-error.ts';
