/** What is known of every target before anything is compiled for it. */

/** What numbers are computed in where a Program is called. */
export type Precision = 'f64' | 'f32';

/** What numbers are computed in on a device; `f16` where it has it. */
export type ShaderPrecision = 'f32' | 'f16';

/** What numbers are computed in, anywhere. */
export type AnyPrecision = Precision | ShaderPrecision;

/** How Programs with axes become code. */
export type TensorCode = 'unrolled' | 'loops';

/** What every target says of itself. */
export interface TargetDescription {
  readonly name: string;
  /** One line for help texts. */
  readonly summary: string;
  /** What it computes in. */
  readonly precisions: readonly AnyPrecision[];
  /** What `export --to` calls the code it generates. */
  readonly exported: {
    /** The format's name where it is not the target's. */
    readonly name?: string;
    readonly summary: string;
    /** Whether the code is binary, so that it goes to a file only. */
    readonly binary: boolean;
  };
}
