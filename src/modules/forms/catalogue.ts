import { audit } from '#platform/audit';
import type { Actor, Context, Platform } from '#platform/context';
import { sha256 } from '#platform/crypto';
import type { Sql, Tx } from '#platform/db';
import { asFailure, ensure, Failure } from '#platform/errors';
import { definitions } from './catalogue/index.ts';
import { authorize, stateTenant } from './gate.ts';
import { checkDefinition, type Definition } from './rules-definition.ts';
import { limits } from './rules-status.ts';
import {
  type FormRow,
  insertVersion,
  type ListedForm,
  lastVersion,
  lockForm,
  readForm,
  readForms,
  readVersion,
  updateVersionState,
  upsertForm,
  type VersionRow,
} from './store/catalogue.ts';

/** A version of a form; it never changes once it was published. */
export type FormRef = { readonly form: string; readonly version: number };

const digestOf = (definition: Definition) => sha256(JSON.stringify(definition)).toString('hex');

/** Who did it, as versions name them. */
export function personOf(actor: Actor): { id: string; name: string } {
  if (actor.kind === 'account') return { id: `account:${actor.account}`, name: actor.name };
  return { id: actor.kind === 'system' ? `system:${actor.job}` : 'nobody', name: 'Rennsteig' };
}

/**
 * Publishes the forms that come with the product, each in a new version where it has changed. What editors have published on top
 * stays in force. Only the house may. Resolves with the keys of what was new.
 */
export async function publishBuiltIn(ctx: Context): Promise<string[]> {
  authorize(ctx.actor, 'editForms', { tenant: stateTenant });
  return ctx.platform.db.write(stateTenant, async (tx) => {
    const published: string[] = [];
    for (const given of definitions) if (await publishOne(tx, ctx, checkDefinition(given))) published.push(given.key);
    if (published.length > 0)
      await audit(tx, ctx, [{ action: 'forms.publish', thing: 'forms:catalogue', details: { published } }]);
    return published;
  });
}

async function publishOne(tx: Tx, ctx: Context, definition: Definition): Promise<boolean> {
  const { key } = definition;
  const digest = digestOf(definition);
  const known = await lockForm(tx, stateTenant, key);
  const current = known?.published ? await readVersion(tx, stateTenant, { form: key, version: known.published }) : null;
  if (current && (current.digest === digest || !current.author.startsWith('system:'))) return false;
  await publishIn(tx, ctx, known, { definition });
  return true;
}

type Publication = {
  readonly definition: Definition;
  /** Left out: the house. */
  readonly who?: Pick<VersionRow, 'author' | 'authorName' | 'approver' | 'approverName'>;
  /** The authority whose form it is; null, left out: the state. */
  readonly source?: number | null;
  readonly sourceEdition?: number | null;
};

/** Makes a definition that was checked the version in force. Resolves with its number. */
export async function publishIn(tx: Tx, ctx: Context, known: FormRow | null, publication: Publication): Promise<number> {
  const { definition, source = known?.source ?? null, sourceEdition = null } = publication;
  const { key: form, title } = definition;
  const version = (await lastVersion(tx, stateTenant, form)) + 1;
  await upsertForm(tx, stateTenant, { key: form, title: title.de, published: version, draft: known?.draft ?? null, source });
  const { id, name } = personOf(ctx.actor);
  const who = publication.who ?? { author: id, authorName: name, approver: id, approverName: name };
  const row = { form, version, state: 'published' as const, definition, note: '', changedAt: ctx.platform.clock.now() };
  await insertVersion(tx, stateTenant, { ...row, ...who, digest: digestOf(definition), sourceEdition });
  if (known?.published) await updateVersionState(tx, stateTenant, { form, version: known.published, state: 'superseded' });
  return version;
}

/**
 * Publishes one definition in the name of the house: an imported schema, a form of a test. Throws `invalid` for one that is wrong.
 * Resolves with its version.
 */
export async function publishDefinition(ctx: Context, given: unknown): Promise<number> {
  authorize(ctx.actor, 'editForms', { tenant: stateTenant });
  ensure(ctx.actor.kind === 'system', 'forbidden', 'platform.forbidden');
  const definition = checkDefinition(given);
  return ctx.platform.db.write(stateTenant, async (tx) => {
    const known = await lockForm(tx, stateTenant, definition.key);
    const version = await publishIn(tx, ctx, known, { definition });
    await audit(tx, ctx, [{ action: 'forms.publish', thing: `form:${definition.key}`, details: { version } }]);
    return version;
  });
}

/** Published versions never change, so a process reads each of them once. */
const kept = new WeakMap<Platform, Map<string, Definition>>();
const mostKept = 500;

/** A version of a form. Throws `notFound`. */
export async function definitionOf({ platform }: Pick<Context, 'platform'>, ref: FormRef): Promise<Definition> {
  const known = kept.get(platform) ?? new Map<string, Definition>();
  kept.set(platform, known);
  const name = `${ref.form} ${ref.version}`;
  const found = known.get(name);
  if (found) return found;
  const row = await readVersion(platform.db.read(stateTenant), stateTenant, ref);
  if (!row) throw new Failure('notFound', 'forms.unknown');
  if (row.state !== 'draft' && known.size < mostKept) known.set(name, row.definition);
  return row.definition;
}

export type PublishedForm = FormRef & {
  /** The authority whose form it is; null: the state. */
  readonly source: number | null;
  readonly definition: Definition;
};

/** The version of a form that new drafts are begun with. Throws `notFound` when there is none. */
export async function publishedForm(ctx: Pick<Context, 'platform'>, form: string): Promise<PublishedForm> {
  const sql: Sql = ctx.platform.db.read(stateTenant);
  const row = await readForm(sql, stateTenant, form);
  ensure(row?.published, 'notFound', 'forms.unknown');
  const ref = { form, version: row.published };
  return { ...ref, source: row.source, definition: await definitionOf(ctx, ref) };
}

/** The public service a form is for, by its key in the finder; of a form that is gone, the form's own key. */
export async function serviceOf(ctx: Pick<Context, 'platform'>, form: string): Promise<string> {
  const row = await readForm(ctx.platform.db.read(stateTenant), stateTenant, form);
  const version = row?.published ?? null;
  return version === null ? form : (await definitionOf(ctx, { form, version })).service;
}

/** The question whose answer is the applicant's own address; null: the form asks for none, or is not known here. */
export async function ownAddressIn(ctx: Pick<Context, 'platform'>, ref: FormRef): Promise<string | null> {
  const known = await definitionOf(ctx, ref).catch((error: unknown) => {
    if (asFailure(error).kind === 'notFound') return null;
    throw error;
  });
  return known?.contact.address ?? null;
}

export type FormLine = ListedForm;

/** The forms there are, by title. */
export async function listForms(ctx: Context): Promise<FormLine[]> {
  return readForms(ctx.platform.db.read(stateTenant), stateTenant, limits.forms);
}
