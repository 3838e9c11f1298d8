/** The targets of a timing with the precisions that each has. */
import { anyTargetNamed } from '../compile/targets.ts';
import type { AnyPrecision, ShaderPrecision } from '../compile/types.ts';
import type { Kind } from './fastest-jacobian.ts';

/** What a Jacobian on a device is compiled for. */
export interface DeviceKind {
  readonly target: string;
  readonly precision: ShaderPrecision;
}

/** Whether a kind is of a target that computes on a device. */
export const isOnDevice = (kind: Kind | DeviceKind): kind is DeviceKind =>
  anyTargetNamed(kind.target).kind === 'device';

/**
 * The targets and precisions that are asked for, as far as a target has them.
 * @throws UserError `unknown-name` for a target that there is not
 */
export function kindsOf({
  targets,
  precisions,
}: {
  readonly targets: readonly string[];
  readonly precisions: readonly AnyPrecision[];
}): readonly (Kind | DeviceKind)[] {
  return targets.flatMap((name) => {
    const target = anyTargetNamed(name);
    return precisions.flatMap((wanted): (Kind | DeviceKind)[] =>
      target.kind === 'device'
        ? target.precisions
            .filter((own) => own === wanted)
            .map((precision) => ({ target: name, precision }))
        : target.precisions
            .filter((own) => own === wanted)
            .map((precision) => ({ target: name, precision })),
    );
  });
}
