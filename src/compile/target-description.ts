/** What is known of every target before anything is compiled for it. */

/** What numbers are computed in. */
export type Precision = 'f64' | 'f32';

/** How Programs with axes become code. */
export type TensorCode = 'unrolled' | 'loops';

/** What every target says of itself. */
export interface TargetDescription {
  readonly name: string;
  /** One line for help texts. */
  readonly summary: string;
  /** What it computes in. */
  readonly precisions: readonly Precision[];
  /** What `export --to` calls the code it generates. */
  readonly exported: {
    /** The format's name where it is not the target's. */
    readonly name?: string;
    readonly summary: string;
    /** Whether the code is binary, so that it goes to a file only. */
    readonly binary: boolean;
  };
}
