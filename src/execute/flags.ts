/**
 * Flags by the numbers that the WebGPU standard gives them: Node has no such globals.
 * Usages of buffers are those of GPUBufferUsage.
 */
export const usage = {
  mapRead: 0x1,
  copyFrom: 0x4,
  copyTo: 0x8,
  uniform: 0x40,
  storage: 0x80,
  queryResolve: 0x200,
} as const;

/** GPUMapMode.READ. */
export const mapForReading = 0x1;

/** GPUShaderStage.COMPUTE. */
export const computeStage = 0x4;
