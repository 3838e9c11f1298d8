/** Variables under which a process started anew finds the software adapter. */
export function softwareAdapterEnvironment(): {
  readonly LD_LIBRARY_PATH: string;
  readonly VK_ICD_FILENAMES: string;
};

/** Whether a process started now finds an adapter by itself. */
export function hasAdapter(): boolean;
