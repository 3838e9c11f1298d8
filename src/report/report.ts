/** A report of a set of results. It depends on the files alone: the same set gives the same text. */
import type { ResultSet } from '../results/result-set.ts';
import { fusionSection } from './sections/fusion.ts';
import { heuristicsSection } from './sections/heuristics.ts';
import { improvementSection } from './sections/improvement.ts';
import { peersSection } from './sections/peers.ts';
import { policySection } from './sections/policy.ts';
import { provenanceSection } from './sections/provenance.ts';
import { publishedSection } from './sections/published.ts';
import { runTimesSection } from './sections/run-times.ts';
import { searchCurvesSection } from './sections/search-curves.ts';
import type { Report, Section } from './types.ts';

/** Every section; a new one is a file beside these and a line here. */
const sections: readonly ((set: ResultSet) => Section | undefined)[] = [
  publishedSection,
  heuristicsSection,
  improvementSection,
  searchCurvesSection,
  runTimesSection,
  peersSection,
  policySection,
  fusionSection,
  provenanceSection,
];

/** Makes the report. */
export function reportOf(set: ResultSet): Report {
  return {
    title: 'Results',
    text: [
      'Elimination orders for accumulating Jacobians: counts, best orders, bounds and run times of the tasks of Lohoff and Neftci, Optimizing Automatic Differentiation with Deep Reinforcement Learning (arXiv 2406.05027). Made by `crosscountry report`; not edited by hand.',
    ],
    sections: sections.flatMap((section) => section(set) ?? []),
  };
}
