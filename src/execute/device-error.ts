/** What can go wrong with a device, told apart by `kind`; each is one line for a person. */
import { UserError } from '../support/user-error.ts';

/**
 * - `missing`: no WebGPU, or no adapter;
 * - `lost`: the device went away (driver reset, too long a shader, destroyed);
 * - `memory`: a buffer does not fit;
 * - `feature`: the device lacks something that was asked for;
 * - `limit`: the device allows less than a Program needs;
 * - `shader`: the driver refuses a kernel.
 */
export type DeviceErrorKind = 'missing' | 'lost' | 'memory' | 'feature' | 'limit' | 'shader';

/** A fault of a device; its code is `device-` and the kind. */
export class DeviceError extends UserError {
  readonly kind: DeviceErrorKind;

  constructor(kind: DeviceErrorKind, message: string, at?: string) {
    super({ code: `device-${kind}`, message, ...(at === undefined ? {} : { at }) });
    this.kind = kind;
  }
}
