import { Type } from 'typebox';
import type { FastifyInstance, FastifyRequest } from '#platform/http';
import { checkCsrf } from '#platform/http-guard';
import { sentenceOf } from '#platform/http-status';
import { locate } from './access.ts';
import { type FolderOrder, type FolderView, listFolders, readHome, stampsOf } from './list.ts';
import type { Entry } from './node.ts';
import { listOperations, stopOperation } from './operation.ts';
import { makePath } from './place.ts';
import { listRows } from './rows.ts';
import { allows, etagOf, limits } from './rules.ts';
import { carryAll, largestSelection, type MeetingRule, meetingRules, type Outcome, restoreAll, trashAll } from './selection.ts';

const config = { credentials: 'session' } as const;

/** A number out of an address; 0, which nothing has as its id, when it is none. */
export const idOf = (text: string | undefined) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : 0);

/** Refuses a changing request that does not carry the token of its session. */
export function checkToken(request: FastifyRequest, given = request.headers['x-csrf-token']): void {
  const { keys } = request.ctx.platform;
  if (request.sessionToken !== null) checkCsrf(keys, request.sessionToken, typeof given === 'string' ? given : undefined);
}

const orders: Readonly<Record<string, FolderOrder>> = { name: 'name', groesse: 'size', geaendert: 'modified' };

type ListQuery = { readonly ab?: string; readonly zahl?: string; readonly sortierung?: string; readonly richtung?: string };

function viewOf({ ab, zahl, sortierung, richtung }: ListQuery): FolderView {
  return {
    order: orders[sortierung ?? 'name'] ?? 'name',
    isDescending: richtung === 'ab',
    offset: idOf(ab),
    ...(zahl !== undefined && { limit: idOf(zahl) }),
  };
}

type ById = { readonly Params: { readonly id: string } };

/** Further rows of a long list, and whether a list, or the person's spaces, are still as they were. */
function addReading(app: FastifyInstance): void {
  app.get<ById & { Querystring: ListQuery }>('/dateien/zeilen/:id', { config }, async ({ ctx, params, query }, reply) => {
    const folder = await locate(ctx, idOf(params.id));
    const { rows, total } = await listRows(ctx, folder, viewOf(query));
    const { size } = folder.node;
    const { used } = folder.space;
    return reply.header('Cache-Control', 'private, no-store').send({ rows, total, etag: etagOf(folder.node), size, used });
  });
  app.get('/dateien/stand', { config }, async ({ ctx }, reply) =>
    reply.header('Cache-Control', 'private, no-store').send(stampsOf(await readHome(ctx))),
  );
  app.get<ById>('/dateien/stand/:id', { config }, async ({ ctx, params }, reply) => {
    const { node, role } = await locate(ctx, idOf(params.id));
    return reply.header('Cache-Control', 'private, no-store').send({ etag: etagOf(node), role });
  });
}

/** What a dialog needs to walk through the folders: the way here, the folders in it, and whether something can be put here. */
type FolderChoice = {
  readonly id: number | null;
  readonly above: readonly { readonly id: number; readonly name: string }[];
  readonly folders: readonly { readonly id: number; readonly name: string; readonly isSpace: boolean }[];
  readonly mayCreate: boolean;
};

async function choiceIn(ctx: FastifyRequest['ctx'], id: number): Promise<FolderChoice> {
  const folder = await locate(ctx, id);
  const folders = await listFolders(ctx, folder);
  return {
    id,
    above: folder.lineage.map((node) => ({ id: node.id, name: node.name || folder.space.name })),
    folders: folders.map((node) => ({ id: node.id, name: node.name, isSpace: false })),
    mayCreate: allows(folder.role, 'create'),
  };
}

async function choiceAtTop(ctx: FastifyRequest['ctx']): Promise<FolderChoice> {
  const { own, mounts } = await readHome(ctx);
  const spaces = mounts.map(({ root, name }) => ({ id: root.id, name, isSpace: true }));
  return { id: null, above: [], folders: [{ id: own.node.id, name: '', isSpace: true }, ...spaces], mayCreate: false };
}

const pathBody = Type.Object({
  in: Type.Integer(),
  path: Type.Array(Type.String({ maxLength: 1_000 }), { minItems: 1, maxItems: limits.depth }),
});

function addFolders(app: FastifyInstance): void {
  app.get('/dateien/ordner', { config }, ({ ctx }) => choiceAtTop(ctx));
  app.get<ById>('/dateien/ordner/:id', { config }, ({ ctx, params }) => choiceIn(ctx, idOf(params.id)));
  app.post<{ Body: { in: number; path: string[] } }>(
    '/dateien/ordner',
    { config, schema: { body: pathBody } },
    async (request) => {
      checkToken(request);
      const folder: Entry = await locate(request.ctx, request.body.in);
      return { id: (await makePath(request.ctx, folder, request.body.path)).node.id };
    },
  );
}

type Deed = {
  readonly do: 'trash' | 'restore' | 'move' | 'copy';
  readonly ids: number[];
  readonly to?: number;
  readonly taken?: MeetingRule;
};

const deedBody = Type.Object({
  do: Type.Union(['trash', 'restore', 'move', 'copy'].map((name) => Type.Literal(name))),
  ids: Type.Array(Type.Integer(), { minItems: 1, maxItems: largestSelection }),
  to: Type.Optional(Type.Integer()),
  taken: Type.Optional(Type.Union(meetingRules.map((name) => Type.Literal(name)))),
});

function carryOut({ ctx, body }: FastifyRequest<{ Body: Deed }>): Promise<Outcome> {
  const { do: deed, ids, to = 0, taken = 'number' } = body;
  if (deed === 'trash') return trashAll(ctx, ids);
  if (deed === 'restore') return restoreAll(ctx, ids);
  return carryAll(ctx, ids, { to, isCopy: deed === 'copy', taken });
}

/** What is done to more things than one request should take: the page's script does it in steps and shows how far it is. */
function addDeeds(app: FastifyInstance): void {
  app.post<{ Body: Deed }>('/dateien/tun', { config, schema: { body: deedBody } }, async (request) => {
    checkToken(request);
    const { done, refused, begun } = await carryOut(request);
    const told = refused.map(({ id, name, failure }) => ({ id, name, sentence: sentenceOf(request.ctx, failure) }));
    return { done: done.map(({ id }) => id), begun: begun.map(({ id }) => id), refused: told };
  });
}

/** The person's large operations, for the page that shows how far they are. */
function addOperations(app: FastifyInstance): void {
  app.get('/dateien/vorgaenge', { config }, async ({ ctx }, reply) => {
    const operations = await listOperations(ctx);
    return reply.header('Cache-Control', 'private, no-store').send({ operations });
  });
  app.post<ById>('/dateien/vorgaenge/:id/abbrechen', { config }, async (request, reply) => {
    checkToken(request);
    await stopOperation(request.ctx, idOf(request.params.id));
    return reply.code(204).send();
  });
}

/** What the script of a list asks for while the page is open. */
export function addListRoutes(app: FastifyInstance): void {
  addReading(app);
  addFolders(app);
  addDeeds(app);
  addOperations(app);
}
