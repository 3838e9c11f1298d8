/** WebGPU in a page, and where it is missing, what to do. */

/** What a page has of WebGPU. */
export interface PageGpu {
  /** `navigator.gpu`. */
  readonly gpu: Pick<GPU, 'requestAdapter'> | undefined;
  /** Browsers have it in pages that are encrypted, local or opened as a file. */
  readonly isSecure: boolean;
}

/** Why there is no GPU to time on, in one line with the remedy; nothing where there is one. */
export async function missingGpu({ gpu, isSecure }: PageGpu): Promise<string | undefined> {
  if (gpu === undefined) {
    return isSecure
      ? 'This browser has no WebGPU: take a newer one (Chrome or Edge 113, Safari 26, Firefox 141), on Linux with chrome://flags/#enable-unsafe-webgpu switched on.'
      : 'WebGPU needs a page that comes by https or from localhost, or that is opened as a file.';
  }
  if ((await gpu.requestAdapter()) !== null) return undefined;
  return 'The browser offers no GPU: switch graphics acceleration on in its settings, bring the driver up to date, or on Linux switch chrome://flags/#enable-unsafe-webgpu on.';
}
