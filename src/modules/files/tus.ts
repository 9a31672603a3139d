import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import type { FastifyInstance, FastifyRequest } from '#platform/http';
import { addTusRoutes as openTus, type TusState, type TusWish } from '#platform/http-tus';
import { locate } from './access.ts';
import type { Entry } from './node.ts';
import { makePath, placeFor, type TakenRule } from './place.ts';
import { checkToken } from './routes-list.ts';
import { readWish, type Wish } from './tus-wish.ts';
import { abandonUpload, append, beginUpload, completeUpload, findUpload, type Upload, uploadLimits } from './upload.ts';
import type { Written } from './write.ts';

/** Uploads of the browser over tus: where the bytes go, who may and what becomes of them. */

/** The folder the file goes into; folders of a dropped tree that are not there yet are made. */
async function folderFor(ctx: Context, wish: Wish): Promise<Entry> {
  const folder = await locate(ctx, wish.folder);
  return wish.path.length === 0 ? folder : makePath(ctx, folder, wish.path);
}

async function begin({ ctx }: FastifyRequest, { id, length, metadata }: TusWish): Promise<TusState> {
  const wish = readWish(metadata);
  const folder = await folderFor(ctx, wish);
  // Asked before the bytes come: nobody should wait for an hour to hear that the name is taken.
  await placeFor(ctx, { folder, name: wish.name }, wish.taken);
  const options = { metadata, taken: wish.taken, modified: wish.modified };
  return stateOf(await beginUpload(ctx, { name: id, folder, fileName: wish.name, length, options }));
}

const stateOf = ({ name, length, received, options, expiresAt }: Upload): TusState => ({
  id: name,
  length,
  received,
  expiresAt,
  metadata: options.metadata as Record<string, string | null>,
});

/** What somebody else put there meanwhile changes the number, not the outcome. */
const numberTries = 5;

/** Makes a file of what has arrived, under its own name or as the person decided when that is taken. */
async function complete(ctx: Context, upload: Upload, taken: TakenRule): Promise<Written> {
  const folder = await locate(ctx, upload.folder);
  for (let attempt = 1; ; attempt += 1) {
    const place = await placeFor(ctx, { folder, name: upload.fileName ?? '' }, taken);
    const completion = { folder, fileName: place.name, precondition: place.precondition, modified: modifiedOf(upload) };
    try {
      return await completeUpload(ctx, upload, completion);
    } catch (error) {
      const isLate = error instanceof Failure && error.kind === 'precondition';
      if (!isLate || attempt >= numberTries) throw error;
    }
  }
}

const modifiedOf = ({ options }: Upload) => (typeof options.modified === 'number' ? options.modified : null);
const takenOf = ({ options }: Upload) => options.taken as TakenRule;

/** Makes the file and names it: a list that shows its folder knows what to mark. */
async function finish({ ctx }: FastifyRequest, id: string): Promise<Record<string, string>> {
  const upload = await findUpload(ctx, id);
  const { node } = await complete(ctx, upload, takenOf(upload));
  return { 'X-File-Id': String(node.id), 'X-File-Name': encodeURIComponent(node.name) };
}

/** The routes of resumable uploads; every one of them for somebody who is signed in. */
export function addTusRoutes(app: FastifyInstance): void {
  openTus(app, {
    url: '/dateien/hochladen',
    idleHours: uploadLimits.idleHours,
    goneCode: 'files.uploadGone',
    enter: (request) => {
      ensure(request.ctx.actor.kind === 'account', 'unauthenticated', 'platform.signInFirst');
      if (request.method !== 'HEAD') checkToken(request);
    },
    begin,
    find: async ({ ctx }, id) => stateOf(await findUpload(ctx, id)),
    append: async ({ ctx }, id, offset, source) => append(ctx, await findUpload(ctx, id), offset, source),
    finish,
    remove: async ({ ctx }, id) => abandonUpload(ctx, await findUpload(ctx, id)),
  });
}
