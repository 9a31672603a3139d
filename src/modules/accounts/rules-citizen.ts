/** What an account of the portal stands for. */
export type CitizenKind = 'person' | 'company';

export type CitizenLinkPurpose = 'register' | 'reset';

export const citizenLimits = {
  /** Without a click somebody is signed out: computers in libraries are shared. */
  idleSeconds: 3_600,
  longestSeconds: 12 * 3_600,
  sessions: 20,
  registerSeconds: 86_400,
  resetSeconds: 3_600,
  /** Last use is noted at most this often. */
  noteUseSeconds: 60,
  /** Fewest characters of a password. */
  passwordLength: 12,
};

/** A session's token: nothing in it can be taken for the token of somebody who works here, which begins with a tenant. */
export const citizenToken = (secret: string) => `~.${secret}`;

export const isCitizenToken = (token: string) => /^~\.[\w-]{43}$/.test(token);

/** A link's token. */
export const isLinkToken = (token: string) => /^[\w-]{43}$/.test(token);
