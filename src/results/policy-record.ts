/**
 * What a finished policy file (src/policy/policy-file.ts) says of its making: all that reports need to know
 * of it, without its weights.
 */
import { z } from 'zod';

import { decodeText } from '../subject/read-file.ts';
import { parseJson } from '../support/json.ts';
import { shortHash } from './result-path.ts';
import { machineShape, packageShape, parseDocument } from './schema.ts';

const whole = z.int().min(0);

/** How the weights of a policy were made, and how good they were found. */
export const policyProvenance = z.object({
  /** The commands, one for each seed, and the seed of the weights. */
  command: z.string(),
  seeds: z.array(z.int()),
  seed: z.int(),
  parameters: z.record(z.string(), z.union([z.number(), z.string()])),
  families: z.array(z.string()),
  /** How much dearer than annealing greedy orders of held-out graphs are, as a share, by seed. */
  heldOut: z.object({ graphs: whole, excess: z.record(z.string(), z.number()) }),
  /** The same for each family of the held-out graphs. */
  byFamily: z.record(z.string(), z.number()).optional(),
  /** Mean of the same over the graphs of some lessons that end with one; the network before it learned. */
  curve: z.array(z.object({ lesson: whole, excess: z.number() })).optional(),
  /** Where and when; of policies that were trained in a study. */
  package: packageShape.optional(),
  machine: machineShape.optional(),
  date: z.iso.datetime().optional(),
});

/** How a policy was made. */
export type PolicyProvenance = z.infer<typeof policyProvenance>;

const policyRecord = z.looseObject({
  format: z.literal('crosscountry/policy'),
  weights: z.string('has to be a text'),
  provenance: policyProvenance,
});

/** A finished policy. */
export interface PolicyRecord {
  readonly provenance: PolicyProvenance;
  /** Tells its weights from others. */
  readonly weightsHash: string;
}

/** Whether a file's bytes begin as policy files do: the program writes the format first. */
export function isPolicy(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, 64)).includes('"crosscountry/policy"');
}

/**
 * Reads what a policy file says of its making.
 * @throws UserError where the bytes are no finished policy file
 */
export function readPolicyRecord(bytes: Uint8Array, file: string): PolicyRecord {
  const value = parseJson(decodeText(bytes, file), file);
  const { provenance, weights } = parseDocument(policyRecord, value, file, 'policy file');
  return { provenance, weightsHash: shortHash(weights) };
}
