import { Readable } from 'node:stream';
import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import type { FastifyReply, FastifyRequest, Routes } from '#platform/http';
import { attachment, sendStream } from '#platform/http-file';
import type { HeldFile } from './attachment.ts';
import { portal } from './gate.ts';
import { exportLetters, letterFile } from './letter.ts';
import { letterPdf, printLetters } from './print.ts';
import { answerFile, sentFile } from './send.ts';

const config = { credentials: 'session' } as const;

type Query = { readonly trotzdem?: string };

/** A whole number out of an address. Throws `notFound`. */
function numberIn(text: string | undefined): number {
  if (!/^\d{1,15}$/.test(text ?? '')) throw new Failure('notFound', 'platform.notFound');
  return Number(text);
}

async function* contentOf({ platform }: Context, tenant: number, { blob }: HeldFile): AsyncGenerator<Buffer> {
  const reader = await platform.blobs.open(tenant, blob);
  try {
    yield* reader.read(0, reader.size);
  } finally {
    await reader.close();
  }
}

/** Always saved and never shown: what somebody else sent must not run under our address. */
function sendFile(request: FastifyRequest, reply: FastifyReply, tenant: number, file: HeldFile) {
  reply.headers({
    'Content-Type': 'application/octet-stream',
    'Content-Length': file.size,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Content-Disposition': attachment(file.name),
  });
  return sendStream(request, reply, Readable.from(contentOf(request.ctx, tenant, file), { objectMode: false }));
}

const day = ({ platform }: Context) => platform.clock.now().toISOString().slice(0, 10);

/** What pages cannot send: attachments, the export, letters as PDF. */
export const routes: Routes = (app) => {
  app.get<{ Params: { letter: string; position: string }; Querystring: Query }>(
    '/postfach/:letter/anlage/:position',
    { config },
    async (request, reply) => {
      const ref = { letter: numberIn(request.params.letter), position: numberIn(request.params.position) };
      const file = await letterFile(request.ctx, ref, { atOwnRisk: request.query.trotzdem === 'ja' });
      return sendFile(request, reply, portal, file);
    },
  );

  app.get('/postfach/alles.zip', { config }, async (request, reply) => {
    const archive = await exportLetters(request.ctx);
    reply.headers({ 'Content-Type': 'application/zip', 'Content-Disposition': attachment(`postfach-${day(request.ctx)}.zip`) });
    return sendStream(request, reply, archive);
  });

  app.get<{ Querystring: { brief?: string | string[] } }>('/briefe/drucken.pdf', { config }, async (request, reply) => {
    const pdf = await printLetters(request.ctx, [request.query.brief ?? []].flat().map(numberIn));
    reply.headers({ 'Content-Type': 'application/pdf', 'Content-Disposition': attachment(`briefe-${day(request.ctx)}.pdf`) });
    return reply.send(pdf);
  });

  app.get<{ Params: { id: string } }>('/briefe/:id/brief.pdf', { config }, async (request, reply) => {
    const pdf = await letterPdf(request.ctx, numberIn(request.params.id));
    reply.headers({ 'Content-Type': 'application/pdf', 'Content-Disposition': attachment(`brief-${request.params.id}.pdf`) });
    return reply.send(pdf);
  });

  app.get<{ Params: { id: string; position: string }; Querystring: Query }>(
    '/briefe/:id/anlage/:position',
    { config },
    async (request, reply) => {
      const ref = { sent: numberIn(request.params.id), position: numberIn(request.params.position) };
      const file = await sentFile(request.ctx, ref, { atOwnRisk: request.query.trotzdem === 'ja' });
      return sendFile(request, reply, request.ctx.actor.tenant, file);
    },
  );

  app.get<{ Params: { id: string; answer: string; position: string }; Querystring: Query }>(
    '/briefe/:id/antwort/:answer/:position',
    { config },
    async (request, reply) => {
      const { id, answer, position } = request.params;
      const ref = { sent: numberIn(id), answer: numberIn(answer), position: numberIn(position) };
      const file = await answerFile(request.ctx, ref, { atOwnRisk: request.query.trotzdem === 'ja' });
      return sendFile(request, reply, request.ctx.actor.tenant, file);
    },
  );
};
