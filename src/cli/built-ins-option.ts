/** `--built-ins`: the elementary functions of WGSL instead of ours. */
import { shaderTargets } from '../compile/targets.ts';
import { usageError, type VerbArguments } from './verb.ts';

/** The option of verbs that compile for a device. */
export const builtInsOption = {
  type: 'flag',
  describe: `on a device (${shaderTargets.map(({ name }) => name).join(', ')}): WGSL’s own elementary functions instead of ours; how accurate they are is the driver’s affair`,
} as const;

/**
 * Whether a device's own functions are asked for.
 * @param chosen targets, or formats, that are compiled for; those without a device keep our functions
 * @param known names of those that are on a device
 * @throws UserError where none of the chosen is
 */
export function chosenBuiltIns(
  given: VerbArguments,
  chosen: readonly string[],
  known = shaderTargets.map(({ name }) => name),
): boolean {
  if (!given.flag('built-ins')) return false;
  if (chosen.some((name) => known.includes(name))) return true;
  throw usageError(
    `--built-ins is for ${known.join(' and ')}, not for ${chosen.join(',')}; leave it out, or take one of them`,
  );
}
