/** What the build puts into the page: the package's name for itself, and the stored results. */
import { z } from 'zod';

import { parseResult } from '../../src/results/schema.ts';
import type { Origin, ResultFile } from '../../src/results/types.ts';

/** Written by scripts/build-page.mjs. */
declare const crosscountryPackage: unknown;

/** The package, and what is stored in results/. */
export interface PackageData {
  readonly package: Origin['package'];
  /** The stored results of a subject; parsed when they are asked for. */
  results(subject: string): readonly ResultFile[];
}

const shape = z.object({
  package: z.object({ version: z.string(), commit: z.string().nullable() }),
  results: z.array(z.object({ subject: z.string(), file: z.string(), text: z.string() })),
});

/** Parses what the build put in. */
export function packageData(): PackageData {
  const { package: own, results } = shape.parse(crosscountryPackage);
  return {
    package: own,
    results: (name) =>
      results
        .filter(({ subject }) => subject === name)
        .map(({ file, text }) => parseResult(JSON.parse(text), file)),
  };
}

/** The page as the place where something was found. */
export function pageOrigin(own: Origin['package'], date: Date, adapter?: string): Origin {
  const { hardwareConcurrency, userAgent } = navigator;
  return {
    package: own,
    machine: {
      cores: hardwareConcurrency,
      browser: userAgent,
      ...(adapter === undefined ? {} : { adapter }),
    },
    date: date.toISOString(),
  };
}
