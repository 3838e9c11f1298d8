/**
 * Residues of functions that are rational in one another, so that sin² + cos² is 1 and tan is sin/cos
 * without a rule for it: sin and cos are 2t/(1 + t²) and (1 − t²)/(1 + t²) for a t that looks random,
 * the half-angle's tangent; exp and the hyperbolic functions are rational in e = exp, and exp(−x) is
 * 1/exp(x). The identities hold for all numbers, so what is found by them is right up to rounding.
 */
import {
  addResidues,
  hashedResidues,
  invertResidues,
  isCanonicalResidue,
  multiplyResidues,
  negateResidues,
  residuesOfRatio,
} from './residues.ts';

const one = residuesOfRatio(1, 1);
const two = residuesOfRatio(2, 1);

const over = (a: number, b: number): number => multiplyResidues(a, invertResidues(b));
const minus = (a: number, b: number): number => addResidues(a, negateResidues(b));

/** e to the power of an argument. */
function exponential(argument: number): number {
  const own = (x: number): number => hashedResidues(`exp ${String(x)}`);
  return isCanonicalResidue(argument)
    ? own(argument)
    : invertResidues(own(negateResidues(argument)));
}

/** Tangent of half the argument. */
function halfTangent(argument: number): number {
  const own = (x: number): number => hashedResidues(`half-angle ${String(x)}`);
  return isCanonicalResidue(argument)
    ? own(argument)
    : negateResidues(own(negateResidues(argument)));
}

/** Residues of a function of one argument, by those of its argument; `undefined` where it is unrelated. */
export function relatedResidues(primitive: string, argument: number): number | undefined {
  const t = halfTangent(argument);
  const square = multiplyResidues(t, t);
  const e = exponential(argument);
  const inverse = invertResidues(e);
  switch (primitive) {
    case 'sin':
      return over(multiplyResidues(two, t), addResidues(one, square));
    case 'cos':
      return over(minus(one, square), addResidues(one, square));
    case 'tan':
      return over(multiplyResidues(two, t), minus(one, square));
    case 'exp':
      return e;
    case 'expm1':
      return minus(e, one);
    case 'sigmoid':
      return over(e, addResidues(one, e));
    case 'sinh':
      return over(minus(e, inverse), two);
    case 'cosh':
      return over(addResidues(e, inverse), two);
    case 'tanh':
      return over(minus(e, inverse), addResidues(e, inverse));
    default:
      return undefined;
  }
}
