import * as finder from '#modules/finder';
import * as tenants from '#modules/tenants';
import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { ensure } from '#platform/errors';
import { emit, on } from '#platform/events';
import { personOf, publishedForm } from './catalogue.ts';
import { offerChanged } from './events.ts';
import { authorize, stateTenant } from './gate.ts';
import type { Definition } from './rules-definition.ts';
import { checkOverlay, noOverlay, type Overlay, overlaid, valuesOf } from './rules-overlay.ts';
import type { Office } from './store/draft.ts';
import {
  dropOffers,
  type OverlayRow,
  putOffer,
  readOffer,
  readOverlay,
  readTaken,
  type Taken,
  writeOverlay,
} from './store/overlay.ts';

/** What a municipality has set, with the edition that a change has to name. */
export async function getOverlay(ctx: Context, form: string): Promise<OverlayRow> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'setOverlay', { tenant });
  return (await readOverlay(ctx.platform.db.read(tenant), tenant, form)) ?? { content: noOverlay, edition: 0 };
}

/**
 * Sets what a municipality decides for itself in a form. It holds at once, also for drafts that have been begun; what was sent stays as
 * it was. Throws `conflict` when somebody else has changed it since `edition`, `invalid` with what cannot be set.
 */
export async function setOverlay(ctx: Context, form: string, change: { content: Overlay; edition: number }): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'setOverlay', { tenant });
  const { definition, source } = await publishedForm(ctx, form);
  ensure(source === null || source === tenant, 'notFound', 'forms.unknown');
  const content = checkOverlay(definition, change.content);
  const row = { form, content, by: personOf(ctx.actor).name, at: ctx.platform.clock.now() };
  await ctx.platform.db.write(tenant, async (tx) => {
    ensure(await writeOverlay(tx, tenant, change.edition, row), 'conflict', 'forms.overlayChanged');
    await audit(tx, ctx, [{ action: 'forms.setOverlay', thing: `form:${form}`, details: { isOffered: content.isOffered } }]);
    await emit(tx, ctx, offerChanged, { tenant, form });
  });
}

/** The part of the state a tenant speaks for; null: none. */
export async function areaOf({ platform }: Context, tenant: number): Promise<string | null> {
  const { municipalityKey } = await tenants.get(systemContext(platform, tenant, 'forms'), tenant);
  return municipalityKey === null ? null : tenants.areaOfKey(municipalityKey);
}

/** Brings what everybody can look up in line with what a municipality has set; reads anew, so it may run twice and late. */
export async function publishOffer(ctx: Context, { tenant, form }: { tenant: number; form: string }): Promise<void> {
  const [area, overlay] = await Promise.all([areaOf(ctx, tenant), readOverlay(ctx.platform.db.read(tenant), tenant, form)]);
  await ctx.platform.db.write(stateTenant, async (tx) => {
    await dropOffers(tx, stateTenant, { form, source: tenant });
    if (area !== null && overlay?.content.isOffered) await putOffer(tx, stateTenant, { form, area, source: tenant });
  });
}

export const followOffers = on(offerChanged, 'forms.publishOffer', publishOffer);

/** A form as it is asked in one municipality. */
export type LocalForm = {
  readonly definition: Definition;
  readonly params: Readonly<Record<string, string | number | boolean>>;
  readonly overlay: Overlay;
};

export async function localForm(ctx: Context, tenant: number, definition: Definition): Promise<LocalForm> {
  const row = await readOverlay(ctx.platform.db.read(tenant), tenant, definition.key);
  const overlay = row?.content ?? noOverlay;
  return { definition: overlaid(definition, overlay), params: valuesOf(definition, overlay), overlay };
}

/** Who gets an application from a place. */
export type Receiver = {
  readonly place: finder.PlaceAnswer;
  readonly office: Office | null;
  /** “Not us, but them”: the administration of the place, when another one is responsible. */
  readonly notUs: string | null;
  /** Tenant that takes it here; null: nobody takes it online. */
  readonly tenant: number | null;
};

/** The responsible office for a place, and whether it takes this form here. */
export async function receiverOf(ctx: Context, { key, service }: Definition, place: string): Promise<Receiver> {
  const found = await finder.getService(ctx, service, place);
  const { responsible, authority } = found;
  if (found.place.kind !== 'found' || !authority) return { place: found.place, office: null, notUs: null, tenant: null };
  const unit = responsible?.unit ?? null;
  const office = {
    name: authority.content.name,
    unit: unit?.name ?? '',
    phone: unit?.phone || authority.content.phone,
    mail: unit?.mail || authority.content.mail,
  };
  const area = authority.key.split('.', 1)[0] ?? '';
  const offer = await readOffer(ctx.platform.db.read(stateTenant), stateTenant, { form: key, area });
  return { place: found.place, office, notUs: responsible?.notUs?.name ?? null, tenant: offer?.source ?? null };
}

/** A form that can be filled in online, by its key. */
export type TakenForm = Pick<Taken, 'key' | 'title'>;

/**
 * The forms an authority takes online for a service: the one the service names, and those the authority has written itself, each where
 * it says that it takes it. Public; both are known by their keys in the finder.
 */
export async function takenForms(
  ctx: Context,
  { service, form, authority }: { readonly service: string; readonly form: string | null; readonly authority: string },
): Promise<TakenForm[]> {
  const area = authority.split('.', 1)[0] ?? '';
  const taken = await readTaken(ctx.platform.db.read(stateTenant), stateTenant, { service, form, area });
  return taken.map(({ key, title }) => ({ key, title }));
}
