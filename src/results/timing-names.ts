/** Names of rows of timings that no order has. */

/** Order of a row that has none: another program's own way to a Jacobian. */
export const noOrder = 'none';

/** Order of the row for the fastest of the orders and of Programs that were optimised. */
export const optimisedOrder = 'optimised';
