import { type Static, Type } from 'typebox';
import type { FastifyInstance, Routes } from '#platform/http';
import { sendFile } from '#platform/http-file';
import { keepPage } from './draft.ts';
import { receiptOf } from './status.ts';
import { addUploadRoutes, checkToken } from './tus.ts';

/** Downloads of applicants, their files on the way here, and what they type. */
export const routes: Routes = (app, platform) => {
  addUploadRoutes(app);
  addKeeping(app);
  // Known by the link alone; the key of what lies in an account, or was filled in at the counter, asks for who is signed in.
  app.get<{ Params: { token: string } }>(
    '/antrag/status/:token/quittung.pdf',
    { config: { credentials: 'session' } },
    async (request, reply) => {
      const { blob, size, sha256, name, tenant, at } = await receiptOf(request.ctx, request.params.token);
      const file = { size, etag: sha256, modified: at.getTime(), type: 'application/pdf', name };
      return sendFile(request, reply, file, async function* (start, end) {
        const reader = await platform.blobs.open(tenant, blob);
        try {
          yield* reader.read(start, end);
        } finally {
          await reader.close();
        }
      });
    },
  );
};

const KeptPage = Type.Object(
  {
    step: Type.String({ maxLength: 100 }),
    item: Type.Integer({ minimum: 0, maximum: 1_000 }),
    turn: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    sent: Type.Record(Type.String({ maxLength: 100 }), Type.Array(Type.String(), { maxItems: 1_000 })),
  },
  { additionalProperties: false },
);
type Keeping = { readonly Params: { readonly token: string; readonly page: string }; readonly Body: Static<typeof KeptPage> };

/** What is typed on a page, kept by its script while somebody types. */
function addKeeping(app: FastifyInstance): void {
  const config = { credentials: 'session' } as const;
  app.post<Keeping>('/antrag/:form/:token/:page/entwurf', { config, schema: { body: KeptPage } }, async (request, reply) => {
    checkToken(request);
    const { step, item, turn, sent } = request.body;
    const { token, page } = request.params;
    await keepPage(request.ctx, token, { page, step, item, turn, sent: new Map(Object.entries(sent)) });
    return reply.code(204).send();
  });
}
