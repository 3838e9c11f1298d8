/**
 * The second-order Greeks of a European call: all second derivatives of its price (Black and Scholes,
 * The pricing of options and corporate liabilities, Journal of Political Economy 81, 1973), written
 * by way of the forward price F = S·exp(rT) (Black, The pricing of commodity contracts, Journal of
 * Financial Economics 3, 1976).
 *
 * The task is our own counterpart of BlackScholes_Jacobian: its function is the gradient of the price,
 * which we accumulate in reverse and simplify; the Jacobian of that are the second derivatives.
 */
import { add, erf, exp, log, neg, sqrt, square } from '../src/program/ops.ts';
import type { Traced } from '../src/program/trace.ts';
import { scalarTask } from './scalar-task.ts';

type Market = Readonly<Record<'S' | 'K' | 'r' | 'sigma' | 'T', Traced>>;

/** The standard normal distribution function. */
function phi(z: Traced): Traced {
  return add(1, erf(z.div(Math.SQRT2))).div(2);
}

/**
 * The price of a call. S is the price of the share, K the strike, r the interest rate and sigma the
 * volatility (both a year), T the years to expiry.
 */
function callPrice({ S, K, r, sigma, T }: Market) {
  const F = exp(r.mul(T)).mul(S);
  const d1 = log(F.div(K))
    .add(square(sigma).div(2).mul(T))
    .div(sigma.mul(sqrt(T)));
  const d2 = d1.sub(sigma.mul(sqrt(T)));
  const price = exp(neg(r).mul(T)).mul(F.mul(phi(d1)).sub(K.mul(phi(d2))));
  return { price };
}

/** The gradient of the price as a task of its own. */
export const blackScholesGreeks = scalarTask({
  name: 'BlackScholes_Greeks',
  suite: 'extra',
  source: 'Second derivatives of the price of a European call (Black and Scholes 1973, Black 1976)',
  trace: callPrice,
  differentiated: 'reverse',
  sample: { S: 1, K: 1, r: 1, sigma: 1, T: 1 },
});
