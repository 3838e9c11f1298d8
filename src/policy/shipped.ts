/** Policies by name: those that come with the package (policies/), and files of one's own. */
import { join } from 'node:path';
import { packageRoot } from '../results/provenance.ts';
import { readJson } from '../subject/read-file.ts';
import type { NetworkWeights } from '../core/network-types.ts';
import { coreWeights } from './networks/message-passing.ts';
import { type PolicyFile, readPolicy } from './policy-file.ts';

/** Names of the policies that come with the package; a file of such a name needs a path, `./generalist`. */
export const shippedPolicies = ['generalist'] as const;

/** The one that plays where nobody says which (docs/generalist.md has how it was made). */
export const standardPolicy = 'generalist';

/** Where a policy is: its file in the package, or the path that was asked for. */
export function policyPath(nameOrFile: string): string {
  return shippedPolicies.some((name) => name === nameOrFile)
    ? join(packageRoot(), 'policies', `${nameOrFile}.json`)
    : nameOrFile;
}

/**
 * Reads a policy by name or from a file.
 * @throws UserError where there is none, or it is damaged or of another version
 */
export async function openPolicy(nameOrFile: string): Promise<PolicyFile> {
  const path = policyPath(nameOrFile);
  return readPolicy(await readJson(path), path);
}

/**
 * The weights of a policy that the core evaluates, by name or from a file.
 * @throws UserError as `openPolicy`, and where the core does not evaluate its network
 */
export async function openCoreWeights(nameOrFile: string): Promise<NetworkWeights> {
  const { policy } = await openPolicy(nameOrFile);
  return coreWeights(policy);
}
