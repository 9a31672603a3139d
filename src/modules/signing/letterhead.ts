import { letterhead } from '#modules/tenants';
import type { Context } from '#platform/context';
import type { Letterhead } from './rules-content.ts';

/** How the actor's tenant writes: its name, address, telephone, mail and crest, as far as it has given them. */
export async function letterheadOf({ platform, actor }: Pick<Context, 'platform' | 'actor'>): Promise<Letterhead> {
  const { name, address, phone, email, crest } = await letterhead(platform, actor.tenant);
  const lines = [...address.split('\n').map((line) => line.trim()), phone, email].filter((line) => line !== '');
  return { name, lines, crest };
}
