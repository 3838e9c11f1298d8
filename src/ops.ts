/** `crosscountry/ops`: the operations that traced functions are written with. */
export * from './program/ops.ts';
