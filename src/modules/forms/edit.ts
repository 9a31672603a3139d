import * as finder from '#modules/finder';
import * as tenants from '#modules/tenants';
import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { listForms, personOf, publishedForm } from './catalogue.ts';
import { authorize, stateTenant } from './gate.ts';
import type { Definition, FormPage, Text } from './rules-definition.ts';
import { aboutOf, type Change, changed, checkSize, type Did, emptyForm } from './rules-edit.ts';
import { findingsOf } from './rules-edit-check.ts';
import type { Finding } from './rules-edit-finding.ts';
import { editLimits, nameFor } from './rules-edit-list.ts';
import { type OwnStep, ownEdges } from './rules-edit-state.ts';
import { conditionInWords } from './rules-edit-words.ts';
import { readFimSchema } from './rules-fim.ts';
import { formOfSchema, type Left } from './rules-fim-form.ts';
import { type FormRow, readForm } from './store/catalogue.ts';
import {
  deleteOwnForm,
  type Edition,
  insertEdition,
  insertOwnForm,
  lockOwnForm,
  type OwnForm,
  readEdition,
  readEditions,
  readOwnForm,
  readOwnForms,
  updateOwnForm,
} from './store/own-form.ts';
import { countLeft, insertLeft, type LeftCount } from './store/own-left.ts';

/** Writing forms: each step is stored at once, as an edition that can be gone back to. */

/** `waitsForMe`: somebody else has proposed it, and whoever looks may publish it. */
export type OwnFormLine = OwnForm & { readonly waitsForMe: boolean };

/** Published forms that the actor's authority could go on with: of the state, for the state's editors. Throws as {@link listOwnForms}. */
export async function listContinuable(ctx: Context): Promise<readonly Pick<FormRow, 'key' | 'title'>[]> {
  const { tenant } = ctx.actor;
  const own = new Set((await listOwnForms(ctx)).map(({ key }) => key));
  const published = await listForms(ctx);
  return published
    .filter(({ key, published: version, source }) => version !== null && (source ?? stateTenant) === tenant && !own.has(key))
    .map(({ key, title }) => ({ key, title }));
}

/** The forms the actor's authority writes itself. Throws `forbidden` for whoever is no editor. */
export async function listOwnForms(ctx: Context): Promise<OwnFormLine[]> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'editForms', { tenant });
  const { id } = personOf(ctx.actor);
  const rows = await readOwnForms(ctx.platform.db.read(tenant), tenant, editLimits.forms);
  return rows.map((row) => ({ ...row, waitsForMe: row.state === 'proposed' && row.proposedBy !== id }));
}

export type OwnFormView = OwnForm & {
  readonly definition: Definition;
  readonly findings: readonly Finding[];
  /** When pages and questions are asked, in words, by `page:KEY` and `field:KEY`. */
  readonly conditions: Readonly<Record<string, Text>>;
  /** There is a step that can be taken back. */
  readonly canUndo: boolean;
  /** Version in the catalogue that citizens begin with; null: none yet. */
  readonly version: number | null;
  /** What the schema it was begun with says and the form cannot. */
  readonly left: LeftCount;
};

/** One's own form as it stands. Throws `notFound`, also for a form of another authority. */
export async function lookAtOwnForm(ctx: Context, form: string): Promise<OwnFormView> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'editForms', { tenant });
  const sql = ctx.platform.db.read(tenant);
  const row = await readOwnForm(sql, tenant, form);
  ensure(row, 'notFound', 'forms.unknown');
  const [edition, left, known] = await Promise.all([
    readEdition(sql, tenant, { form, edition: row.edition }),
    countLeft(sql, tenant, form),
    readForm(ctx.platform.db.read(stateTenant), stateTenant, form),
  ]);
  ensure(edition, 'damaged', 'forms.unknown');
  const { definition, before } = edition;
  return {
    ...row,
    definition,
    findings: findingsOf(definition),
    conditions: conditionsOf(definition),
    canUndo: before !== null,
    version: known?.published ?? null,
    left,
  };
}

function conditionsOf(form: Definition): Record<string, Text> {
  const said: Record<string, Text> = {};
  const note = (name: string, when: FormPage['when']) => {
    const words = conditionInWords(when, form);
    if (words) said[name] = words;
  };
  for (const page of form.pages) {
    note(`page:${page.key}`, page.when);
    for (const field of page.fields) note(`field:${field.key}`, field.when);
  }
  return said;
}

export type NewOwnForm = {
  readonly title: Text;
  /** Key of the service in the finder. */
  readonly service: string;
  /** A published form to begin with; null: an empty one. */
  readonly copyOf: string | null;
};

/**
 * Begins a form of one's own: empty, or as a copy of a published one. Resolves with its key. Throws `invalid` for a service the finder
 * does not know, `tooLarge` when there are too many, `notFound` for a form that is not published.
 */
export async function beginOwnForm(ctx: Context, { title, service, copyOf }: NewOwnForm): Promise<string> {
  authorize(ctx.actor, 'editForms', { tenant: ctx.actor.tenant });
  const source = copyOf === null ? null : (await publishedForm(ctx, copyOf)).definition;
  const wanted = source && title.de === '' ? source.title : title;
  ensure(wanted.de !== '', 'invalid', 'platform.textMissing', { field: 'title.de' });
  await checkService(ctx, service);
  const key = await freeKey(ctx, wanted.de);
  const empty = emptyForm(key, service, wanted);
  return begin(ctx, source ? { ...source, key, service, title: wanted } : empty);
}

/**
 * Takes a schema of FIM's XDatenfelder 3.0 as the beginning of a form. Resolves with its key, and what an editor has to look at.
 * Throws `invalid` for what is no such schema.
 */
export async function beginFromFim(
  ctx: Context,
  { service, xml }: { service: string; xml: string },
): Promise<{ form: string; left: readonly Left[] }> {
  authorize(ctx.actor, 'editForms', { tenant: ctx.actor.tenant });
  ensure(xml.length <= editLimits.schemaBytes, 'tooLarge', 'forms.editBytes', { limit: editLimits.schemaBytes });
  await checkService(ctx, service);
  const { definition, left } = formOfSchema(readFimSchema(xml), service);
  const key = await freeKey(ctx, definition.title.de);
  return { form: await begin(ctx, { ...definition, key }, left), left };
}

/**
 * Goes on with a form of the authority's own that is published and not yet worked on here: the state's forms, for the state's editors.
 * Resolves with its key. Throws `forbidden` for the form of another authority.
 */
export async function continueForm(ctx: Context, form: string): Promise<string> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'editForms', { tenant });
  const known = await readForm(ctx.platform.db.read(stateTenant), stateTenant, form);
  ensure(known, 'notFound', 'forms.unknown');
  ensure((known.source ?? stateTenant) === tenant, 'forbidden', 'forms.editForeign');
  const { definition } = await publishedForm(ctx, form);
  return begin(ctx, definition);
}

async function checkService(ctx: Context, service: string): Promise<void> {
  ensure(/^[a-z0-9][a-z0-9._-]{0,79}$/.test(service), 'invalid', 'forms.editService', { field: 'service' });
  await finder.getService(ctx, service);
}

/** Together with a number no longer than the key of a form may be. */
const keyParts = { slug: 22, name: 32 };

/** Authorities have names of their own, so that two of them never write the same form. */
async function freeKey(ctx: Context, title: string): Promise<string> {
  const { tenant } = ctx.actor;
  const { slug } = await tenants.get(systemContext(ctx.platform, tenant, 'forms'), tenant);
  const words = nameFor(title, new Set(), 'formular').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const start = `${slug.slice(0, keyParts.slug)}-${words.slice(0, keyParts.name)}`;
  const [mine, catalogue] = [ctx.platform.db.read(tenant), ctx.platform.db.read(stateTenant)];
  for (let number = 1; number <= editLimits.forms; number += 1) {
    const key = number === 1 ? start : `${start}${number}`;
    const [own, published] = await Promise.all([readOwnForm(mine, tenant, key), readForm(catalogue, stateTenant, key)]);
    if (!own && !published) return key;
  }
  throw new Failure('tooLarge', 'forms.editForms', { limit: editLimits.forms });
}

async function begin(ctx: Context, definition: Definition, left: readonly Left[] = []): Promise<string> {
  const { tenant } = ctx.actor;
  const { key, title } = checkSize(definition);
  const sql = ctx.platform.db.read(tenant);
  const count = (await readOwnForms(sql, tenant, editLimits.forms)).length;
  ensure(count < editLimits.forms, 'tooLarge', 'forms.editForms', { limit: editLimits.forms });
  const { id, name } = personOf(ctx.actor);
  const at = ctx.platform.clock.now();
  await ctx.platform.db.write(tenant, async (tx) => {
    const row = {
      key,
      title: title.de,
      state: 'open',
      edition: 1,
      published: null,
      proposedBy: null,
      proposedName: '',
      note: '',
      refusedName: '',
      refusal: '',
      changedBy: name,
      changedAt: at,
    } satisfies OwnForm;
    ensure(await insertOwnForm(tx, tenant, row), 'conflict', 'forms.editThere');
    const did: Did = { step: 'begin', about: title.de };
    const edition = { form: key, edition: 1, before: null, did, author: id, authorName: name, at, definition };
    await insertEdition(tx, tenant, edition, editLimits.editions);
    await insertLeft(tx, tenant, key, left);
    await audit(tx, ctx, [{ action: 'forms.beginOwn', thing: `form:${key}` }]);
  });
  return key;
}

/** One's own form, held until the transaction ends, if it can take this step now. Throws `notFound`, `conflict`. */
export async function holdOwn(
  ctx: Context,
  tx: Tx,
  { form, edition, step }: { form: string; edition: number; step: OwnStep },
): Promise<OwnForm> {
  const row = await lockOwnForm(tx, ctx.actor.tenant, form);
  ensure(row, 'notFound', 'forms.unknown');
  ensure(ownEdges[step].from.includes(row.state), 'conflict', 'forms.editState');
  ensure(row.edition === edition, 'conflict', 'forms.editChanged');
  return row;
}

type Next = { readonly definition: Definition; readonly before: number | null; readonly did: Did };

async function store(tx: Tx, ctx: Context, row: OwnForm, { definition, before, did }: Next): Promise<number> {
  const { tenant } = ctx.actor;
  const { id, name } = personOf(ctx.actor);
  const at = ctx.platform.clock.now();
  const edition = row.edition + 1;
  await insertEdition(
    tx,
    tenant,
    { form: row.key, edition, before, did, author: id, authorName: name, at, definition },
    editLimits.editions,
  );
  await updateOwnForm(tx, tenant, {
    ...row,
    title: definition.title.de,
    state: ownEdges.change.to ?? row.state,
    edition,
    changedBy: name,
    changedAt: at,
    proposedBy: null,
    proposedName: '',
    approvedBy: null,
    note: '',
  });
  await audit(tx, ctx, [{ action: 'forms.changeOwn', thing: `form:${row.key}`, details: { edition, step: did.step } }]);
  return edition;
}

/**
 * Takes one step. Resolves with the new edition. Throws `conflict` when somebody else has taken one since `edition`, or while it is
 * proposed; `tooLarge`, `invalid`, `notFound` as the step says.
 */
export async function changeOwnForm(
  ctx: Context,
  form: string,
  { edition, change }: { edition: number; change: (definition: Definition) => Change },
): Promise<number> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'editForms', { tenant });
  return ctx.platform.db.write(tenant, async (tx) => {
    const row = await holdOwn(ctx, tx, { form, edition, step: 'change' });
    const current = await readEdition(tx, tenant, { form, edition });
    ensure(current, 'damaged', 'forms.unknown');
    const step = change(current.definition);
    const definition = changed(current.definition, step);
    const did: Did = { step: step.kind, about: aboutOf(current.definition, step).slice(0, 200) };
    return store(tx, ctx, row, { definition, before: edition, did });
  });
}

/** Takes back the last step, and the one before that when it is asked for again. Throws as {@link changeOwnForm}. */
export async function undoOwnForm(ctx: Context, form: string, edition: number): Promise<number> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'editForms', { tenant });
  return ctx.platform.db.write(tenant, async (tx) => {
    const row = await holdOwn(ctx, tx, { form, edition, step: 'change' });
    const current = await readEdition(tx, tenant, { form, edition });
    const target = current?.before ? await readEdition(tx, tenant, { form, edition: current.before }) : null;
    ensure(current?.before && target, 'conflict', 'forms.editNothingToUndo');
    const did: Did = { step: 'undo', about: String(current.before) };
    return store(tx, ctx, row, { definition: target.definition, before: target.before, did });
  });
}

/** Brings an earlier edition back, as a new one. Throws as {@link changeOwnForm}. */
export async function restoreEdition(
  ctx: Context,
  form: string,
  { edition, wanted }: { edition: number; wanted: number },
): Promise<number> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'editForms', { tenant });
  return ctx.platform.db.write(tenant, async (tx) => {
    const row = await holdOwn(ctx, tx, { form, edition, step: 'change' });
    const target = await readEdition(tx, tenant, { form, edition: wanted });
    ensure(target, 'notFound', 'forms.editEditionGone');
    const did: Did = { step: 'restore', about: String(wanted) };
    return store(tx, ctx, row, { definition: target.definition, before: edition, did });
  });
}

/** What was done to a form, newest first. Throws `notFound`. */
export async function listEditions(ctx: Context, form: string): Promise<readonly Edition[]> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'editForms', { tenant });
  const sql = ctx.platform.db.read(tenant);
  const row = await readOwnForm(sql, tenant, form);
  ensure(row, 'notFound', 'forms.unknown');
  return readEditions(sql, tenant, form, editLimits.editions);
}

/** Throws away a form that was never published. Throws `conflict` for one that was, or is proposed. */
export async function discardOwnForm(ctx: Context, form: string, edition: number): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'editForms', { tenant });
  await ctx.platform.db.write(tenant, async (tx) => {
    const row = await holdOwn(ctx, tx, { form, edition, step: 'discard' });
    ensure(row.published === null, 'conflict', 'forms.editPublished');
    await deleteOwnForm(tx, tenant, form);
    await audit(tx, ctx, [{ action: 'forms.discardOwn', thing: `form:${form}` }]);
  });
}
