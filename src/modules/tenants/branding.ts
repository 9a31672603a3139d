import { audit } from '#platform/audit';
import { authorizer } from '#platform/authorize';
import { checkAll } from '#platform/checks';
import type { Context, Platform } from '#platform/context';
import { sha256 } from '#platform/crypto';
import { oneLine } from '#platform/text';
import { tenantPermissions } from './rules.ts';
import { checkColour, cleanCrest } from './rules-branding.ts';
import { type BrandingRow, readBranding, upsertBranding } from './store.ts';

const authorize = authorizer(tenantPermissions);

/** What is left out stays as it is; null takes it away. */
export type BrandingInput = {
  readonly tenant: number;
  /** What stands beside the crest. */
  readonly name?: string | null;
  /** `#rrggbb`. */
  readonly colour?: string | null;
  /** A small PNG, see `crestLimits`. */
  readonly crest?: Uint8Array | null;
};

const none: BrandingRow = { name: null, colour: null, crest: null, crestHash: null };

/** Enough to tell two pictures apart; part of an address. */
const fingerprint = (crest: Buffer) => sha256(crest).toString('hex').slice(0, 24);

/** `undefined` keeps, null takes away, anything else is checked. */
function choose<In, Out>(given: In | null | undefined, kept: Out | null, check: (value: In) => Out): Out | null {
  if (given === undefined) return kept;
  return given === null ? null : check(given);
}

/** Sets name, colour and crest of a tenant's pages. Throws `invalid` for an unreadable colour or a picture that is not a plain small PNG. */
export async function setBranding(ctx: Context, input: BrandingInput): Promise<void> {
  const { tenant } = input;
  authorize(ctx.actor, 'brand', { tenant });
  await ctx.platform.db.write(tenant, async (tx) => {
    const now = (await readBranding(tx, tenant)) ?? none;
    const fields = await checkAll({
      name: () => choose(input.name, now.name, (text) => oneLine(text, 'name')),
      colour: () => choose(input.colour, now.colour, checkColour),
      crest: () => choose(input.crest, now.crest, cleanCrest),
    });
    const next: BrandingRow = { ...fields, crestHash: fields.crest === null ? null : fingerprint(fields.crest) };
    await upsertBranding(tx, tenant, next);
    const { crest: _bytes, ...details } = next;
    await audit(tx, ctx, [{ action: 'tenants.setBranding', thing: `tenant:${tenant}`, details }]);
  });
}

/** The crest's bytes, for everybody; null when the tenant has no such crest. */
export async function readCrest(platform: Platform, tenant: number, hash: string): Promise<Buffer | null> {
  const row = await readBranding(platform.db.read(tenant), tenant);
  return row?.crestHash === hash ? row.crest : null;
}
