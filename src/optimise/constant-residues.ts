/**
 * Numbers that are known before run time as residues, by the rule of `src/compiled/constants.ts`: a
 * double stands for the small rational that it is to its last bits, else for a small rational times a
 * number met before or its reciprocal, else for something random.
 */
import { recognisedRatio } from '../compiled/constants.ts';
import {
  hashedResidues,
  invertResidues,
  multiplyResidues,
  negateResidues,
  residuesOfRatio,
} from './residues.ts';

const epsilon = 2 ** -52;

/** The numbers met so far. */
export class ConstantResidues {
  readonly #irrational: { readonly size: number; readonly residues: number }[] = [];

  /** The same for the same number, and the negative for −number. */
  of(x: number): number {
    if (x === 0) return 0;
    const residues = this.#ofSize(Math.abs(x));
    return x < 0 ? negateResidues(residues) : residues;
  }

  #ofSize(size: number): number {
    const ratio = recognisedRatio(size, 2 ** 26, 2 * epsilon);
    if (ratio !== undefined) return residuesOfRatio(ratio.numerator, ratio.denominator);
    for (const known of this.#irrational) {
      const multiple = recognisedRatio(size / known.size, 2 ** 10, 4 * epsilon);
      if (multiple !== undefined) {
        const factor = residuesOfRatio(multiple.numerator, multiple.denominator);
        return multiplyResidues(factor, known.residues);
      }
      const inverse = recognisedRatio(size * known.size, 2 ** 10, 4 * epsilon);
      if (inverse !== undefined) {
        const factor = residuesOfRatio(inverse.numerator, inverse.denominator);
        return multiplyResidues(factor, invertResidues(known.residues));
      }
    }
    const residues = hashedResidues(`number ${String(size)}`);
    this.#irrational.push({ size, residues });
    return residues;
  }
}
