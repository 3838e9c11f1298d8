/** What an elementary function is to lowering: a writer of lane code. */
import type { LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';

/** Emits f(x) and gives its value. */
export type LaneUnary = (b: LaneBuilder, x: LaneValue) => LaneValue;

/** Emits f(x, y) and gives its value. */
export type LaneBinary = (b: LaneBuilder, x: LaneValue, y: LaneValue) => LaneValue;
