import { listUnits, principalsById } from '#modules/accounts';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { listForms, publishedForm } from './catalogue.ts';
import { authorize } from './gate.ts';
import { areaOf, getOverlay, setOverlay } from './offer.ts';
import type { Definition, Text } from './rules-definition.ts';
import { readNumber } from './rules-field.ts';
import type { Overlay } from './rules-overlay.ts';
import { readOverlay } from './store/overlay.ts';

/** A municipality's own settings of a form, as its editors see and write them. */

export type LocalLine = { readonly key: string; readonly title: string; readonly isOffered: boolean };

/** The forms of the state and the actor's tenant's own, and which of them it takes. */
export async function listLocal(ctx: Context): Promise<LocalLine[]> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'setOverlay', { tenant });
  const sql = ctx.platform.db.read(tenant);
  const published = (await listForms(ctx)).filter(
    ({ published: version, source }) => version !== null && (source === null || source === tenant),
  );
  return Promise.all(
    published.map(async ({ key, title }) => ({
      key,
      title,
      isOffered: (await readOverlay(sql, tenant, key))?.content.isOffered ?? false,
    })),
  );
}

export type LocalView = {
  readonly definition: Definition;
  readonly overlay: Overlay;
  readonly edition: number;
  /** Units that can work on it. */
  readonly offices: readonly { readonly id: number; readonly name: string }[];
  /** Official key of the tenant's area, for a look at the form as citizens see it; null: it has none, and can offer nothing. */
  readonly area: string | null;
};

/** What the actor's tenant has set in a form, and what it can set. Throws `notFound`, `forbidden`. */
export async function lookAtLocal(ctx: Context, form: string): Promise<LocalView> {
  const { tenant } = ctx.actor;
  const { content: overlay, edition } = await getOverlay(ctx, form);
  const [{ definition }, units, area] = await Promise.all([publishedForm(ctx, form), listUnits(ctx), areaOf(ctx, tenant)]);
  const offices = units.map(({ id, name }) => ({ id, name }));
  const isElsewhere = overlay.office !== null && !offices.some(({ id }) => id === overlay.office);
  const other = isElsewhere ? [...(await principalsById(ctx, [overlay.office as number])).values()] : [];
  return { definition, overlay, edition, area, offices: [...offices, ...other.map(({ id, name }) => ({ id, name }))] };
}

export type LocalInput = {
  readonly edition: number;
  readonly isOffered: boolean;
  /** As somebody typed them, by the key of the parameter; money in euros. */
  readonly values: Readonly<Record<string, string>>;
  readonly texts: Readonly<Record<string, Text>>;
  /** Keys of the optional questions that are asked. */
  readonly asked: readonly string[];
  readonly office: number | null;
};

/** Saves what the editors of a municipality have set. Throws as `setOverlay`; `invalid` for an amount that is none. */
export async function saveLocal(ctx: Context, form: string, input: LocalInput): Promise<void> {
  const { definition, area } = await lookAtLocal(ctx, form);
  ensure(!input.isOffered || area !== null, 'conflict', 'forms.noArea');
  const asked = new Set(input.asked);
  const optional = definition.pages.flatMap(({ fields }) => fields.filter(({ isOptional }) => isOptional).map(({ key }) => key));
  const texts = Object.entries(input.texts).filter(([, { de }]) => de.trim() !== '');
  const values = definition.parameters.flatMap(({ key, kind }) => {
    const typed = input.values[key]?.trim() ?? '';
    return typed === '' ? [] : [[key, readValue(kind, typed, key)] as const];
  });
  const content: Overlay = {
    isOffered: input.isOffered,
    office: input.office,
    values: Object.fromEntries(values),
    off: optional.filter((key) => !asked.has(key)),
    texts: Object.fromEntries(texts.map(([place, { de, en }]) => [place, { de: de.trim(), en: en.trim() || de.trim() }])),
  };
  await setOverlay(ctx, form, { content, edition: input.edition });
}

function readValue(kind: Definition['parameters'][number]['kind'], typed: string, field: string): string | number | boolean {
  if (kind === 'text') return typed;
  if (kind === 'yesNo') return typed === 'yes';
  const number = readNumber(typed);
  ensure(number !== null && number >= 0, 'invalid', 'forms.numberForm', { field });
  return kind === 'money' ? Math.round(number * 100) : number;
}
