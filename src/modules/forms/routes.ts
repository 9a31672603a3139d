import type { Routes } from '#platform/http';
import { sendFile } from '#platform/http-file';
import { receiptOf } from './status.ts';
import { addUploadRoutes } from './tus.ts';

/** Downloads of applicants, and their files on the way here. */
export const routes: Routes = (app, platform) => {
  addUploadRoutes(app);
  // Known by the link alone: no session is asked for, so that it can be opened anywhere.
  app.get<{ Params: { token: string } }>(
    '/antrag/status/:token/quittung.pdf',
    { config: { credentials: 'none' } },
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
