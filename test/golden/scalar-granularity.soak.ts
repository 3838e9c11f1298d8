import { describe, it } from 'vitest';
import { elementsOf, expectJacobiansInOrders } from './scalar-jacobians.ts';

describe('the Encoder element by element', () => {
  it('has the Jacobian of dual numbers, by as many multiplications as counted, in 20 random orders', () => {
    expectJacobiansInOrders(elementsOf('Encoder'), [], 20);
  });
});
