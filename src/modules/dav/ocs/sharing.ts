import type { Operation } from './call.ts';
import type { OcsRoute } from './routes.ts';

/**
 * What apps ask about shares although the capabilities say that there are none of their kind: who could be given one (nobody), and which
 * there are (none). An error instead would be shown to people.
 */

const kinds = ['users', 'groups', 'remotes', 'remote_groups', 'emails', 'circles', 'rooms', 'lookup'];

const nobody = () => Object.fromEntries(kinds.map((kind) => [kind, []]));

const sharees: Operation = () => ({ data: { exact: nobody(), ...nobody(), lookupEnabled: false } });

const shares: Operation = () => ({ data: [] });

const base = '/apps/files_sharing/api/v1';

export const sharingOperations: readonly OcsRoute[] = [
  { method: 'GET', path: `${base}/sharees`, run: sharees },
  { method: 'GET', path: `${base}/sharees_recommended`, run: sharees },
  { method: 'GET', path: `${base}/shares`, run: shares },
];
