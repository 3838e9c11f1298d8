/**
 * Before any worker starts: a WebGPU adapter for the tests, the machine's own or, without one,
 * SwiftShader. Loaders read these variables when a process starts, so workers inherit them.
 */
import { hasAdapter, softwareAdapterEnvironment } from '../../scripts/software-adapter.mjs';

/** Called once by vitest, in the main process. */
export default function setup(): void {
  if (hasAdapter()) return;
  try {
    Object.assign(process.env, softwareAdapterEnvironment());
  } catch (error) {
    // Tests on a device are skipped then, and say why (test/support/device.ts).
    process.env.CROSSCOUNTRY_NO_ADAPTER = error instanceof Error ? error.message : String(error);
  }
}
