/** How somebody showed at the counter who they are. */
export const identityProofs = ['idCard', 'passport', 'residenceTitle', 'known', 'none'] as const;
export type IdentityProof = (typeof identityProofs)[number];

export const counterLimits = {
  /** So long what a clerk has filled in is on their list, and open to them. */
  days: 14,
  /** Lines of that list. */
  lines: 100,
  /** Longest name of somebody who was served. */
  served: 120,
};
