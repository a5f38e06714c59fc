/** The box in which signatures by hand are kept: their paths are drawn in it, whatever the screen. */
export const inkBox = { width: 300, height: 120 } as const;
