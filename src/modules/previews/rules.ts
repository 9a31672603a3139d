/** Bounds of what is drawn. */
export const limits = {
  /** Largest file that is read for a preview, in bytes. */
  sourceBytes: 32 * 1_048_576,
  /** Days after which a cached preview is drawn anew when somebody wants it, and what could not be drawn is tried again. */
  days: 30,
  failedDays: 1,
};

/** The sizes there are, in pixels of the longer side: few, so that a client cannot make us keep one for every number. */
export const steps = [64, 128, 256, 512, 1024] as const;
export type Step = (typeof steps)[number];

/** The smallest size that is enough, or the largest there is. */
export function stepFor(wanted: number): Step {
  return steps.find((step) => step >= wanted) ?? 1024;
}

const endings = new Set(['png', 'jpg', 'jpeg', 'jpe', 'gif', 'webp', 'bmp', 'pdf']);

/** Whether there may be a preview of a file of this name and size. What its bytes are is looked at later. */
export function mayBeDrawn(name: string, size: number): boolean {
  const [, ending = ''] = /\.([a-z]{3,4})$/i.exec(name) ?? [];
  return size > 0 && size <= limits.sourceBytes && endings.has(ending.toLowerCase());
}
