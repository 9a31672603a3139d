import { type Static, Type } from 'typebox';
import { ensure } from '#platform/errors';
import type { FastifyRequest, Routes } from '#platform/http';
import { grantAccess, senderOf } from './access.ts';
import {
  announceArrival,
  type Delivering,
  describeArrival,
  describeInbox,
  eventsOfCase,
  keyOfInbox,
  submitArrival,
  takeFile,
} from './arrival.ts';
import { limits } from './rules.ts';

/**
 * The delivery service of each authority, for other authorities and the state's forms service. Modelled on the submission interface
 * of FIT-Connect (docs.fitko.de/fit-connect); below `/zustelldienst/TENANT`.
 */

const Announced = Type.Object({
  destinationId: Type.String({ maxLength: 36 }),
  announcedAttachments: Type.Optional(Type.Array(Type.String({ maxLength: 36 }), { maxItems: limits.files })),
  serviceType: Type.Optional(Type.Object({ identifier: Type.String({ maxLength: 255 }) })),
});

/** Encrypted and in Base64, both together. */
const submitBytes = Math.ceil((limits.dataBytes * 4) / 3) * 2;
const envelope = Type.String({ minLength: 1, maxLength: submitBytes });
const Submitted = Type.Object({ encryptedMetadata: envelope, encryptedData: envelope });

type Named = { Params: { tenant: string; id: string; other: string } };

const tenantOf = ({ params }: FastifyRequest): number => {
  const tenant = Number((params as { tenant: string }).tenant);
  ensure(Number.isSafeInteger(tenant) && tenant > 0 && tenant < 2 ** 31, 'notFound', 'platform.notFound');
  return tenant;
};

async function by(request: FastifyRequest): Promise<Delivering> {
  const tenant = tenantOf(request);
  return { tenant, sender: await senderOf(request.ctx, tenant, request.headers.authorization) };
}

const keyForm = /^[\x21-\x7e]{1,100}$/;

export const routes: Routes = (app) => {
  const config = { credentials: 'none' } as const;
  const base = '/zustelldienst/:tenant';
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 4_096 }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
  app.addContentTypeParser('application/jose', (_request, _payload, done) => done(null));

  app.post(`${base}/token`, { config }, async (request, reply) => {
    const form = request.body;
    ensure(form instanceof URLSearchParams && form.get('grant_type') === 'client_credentials', 'invalid', 'delivery.grantForm');
    const [client, secret] = [form.get('client_id') ?? '', form.get('client_secret') ?? ''];
    const token = await grantAccess(request.ctx, tenantOf(request), { client, secret });
    const answer = { access_token: token, token_type: 'Bearer', expires_in: limits.accessSeconds };
    return reply.header('Cache-Control', 'no-store').send(answer);
  });

  app.get<Named>(`${base}/v1/destinations/:id`, { config }, async (request) =>
    describeInbox(request.ctx, await by(request), request.params.id),
  );
  app.get<Named>(`${base}/v1/destinations/:id/keys/:other`, { config }, async (request) =>
    keyOfInbox(request.ctx, await by(request), { id: request.params.id, kid: request.params.other }),
  );
  app.post(`${base}/v1/submissions`, { config, schema: { body: Announced } }, async (request, reply) => {
    const { destinationId, announcedAttachments = [], serviceType } = request.body as Static<typeof Announced>;
    const given = request.headers['idempotency-key'];
    const key = typeof given === 'string' && keyForm.test(given) ? given : null;
    const service = serviceType?.identifier ?? '';
    const made = await announceArrival(request.ctx, await by(request), { destinationId, announcedAttachments, service, key });
    return reply.code(201).send(made);
  });
  app.get<Named>(`${base}/v1/submissions/:id`, { config }, async (request) =>
    describeArrival(request.ctx, await by(request), request.params.id),
  );
  app.put<Named>(
    `${base}/v1/submissions/:id/attachments/:other`,
    { config: { ...config, streams: true } },
    async (request, reply) => {
      const { id: submission, other: id } = request.params;
      const isEnvelope = request.headers['content-type']?.split(';', 1)[0] === 'application/jose';
      ensure(isEnvelope, 'unsupported', 'platform.unsupportedType');
      await takeFile(request.ctx, await by(request), { submission, id, bytes: request.raw });
      return reply.code(204).send();
    },
  );
  app.put<Named>(
    `${base}/v1/submissions/:id`,
    { config, schema: { body: Submitted }, bodyLimit: submitBytes },
    async (request, reply) => {
      const made = await submitArrival(
        request.ctx,
        await by(request),
        request.params.id,
        request.body as Static<typeof Submitted>,
      );
      return reply.code(202).send(made);
    },
  );
  app.get<Named>(`${base}/v1/cases/:id/events`, { config }, async (request) =>
    eventsOfCase(request.ctx, await by(request), request.params.id),
  );
};
