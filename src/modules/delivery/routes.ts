import { Readable } from 'node:stream';
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
  keysOfInbox,
  submitArrival,
  takeFile,
} from './arrival.ts';
import { hearCallback } from './callback.ts';
import { contentOf, hearReceiver, listWaiting, openWaitingFile } from './pickup.ts';
import { limits } from './rules.ts';
import { largestCallback } from './rules-callback.ts';
import { serviceKeys } from './service-log.ts';
import { longestToken } from './token.ts';

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

const config = { credentials: 'none' } as const;
const base = '/zustelldienst/:tenant';
const keyForm = /^[\x21-\x7e]{1,100}$/;

async function textIn(payload: AsyncIterable<Uint8Array | string>, most: number): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of payload) {
    size += part.length;
    ensure(size <= most, 'tooLarge', 'delivery.tooLarge', { limit: most });
    parts.push(Buffer.from(part));
  }
  return Buffer.concat(parts).toString();
}

const Listing = Type.Object({
  destinationId: Type.String({ maxLength: 36 }),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
});

const callBodies = new WeakMap<FastifyRequest, string>();

/** A delivery service elsewhere tells that there is something new: what authenticates it is over the body as it came. */
function callbackRoute(app: Parameters<Routes>[0]): void {
  app.post<Named>(
    `${base}/callbacks/:id`,
    {
      config,
      bodyLimit: largestCallback,
      preParsing: async (request, _reply, payload) => {
        const body = await textIn(payload, largestCallback);
        callBodies.set(request, body);
        return Readable.from([body]);
      },
    },
    async (request) => {
      await hearCallback(request.ctx, {
        tenant: tenantOf(request),
        inbox: request.params.id,
        authentication: request.headers['callback-authentication'],
        timestamp: request.headers['callback-timestamp'],
        body: callBodies.get(request) ?? '',
      });
      return {};
    },
  );
}

/** What receivers ask who fetch from here. */
function pickupRoutes(app: Parameters<Routes>[0]): void {
  app.get(`${base}/v1/submissions`, { config, schema: { querystring: Listing } }, async (request) => {
    const { destinationId, offset = 0, limit = limits.listed } = request.query as Static<typeof Listing>;
    return listWaiting(request.ctx, await by(request), { destinationId, offset, limit });
  });
  app.get<Named>(`${base}/v1/submissions/:id/attachments/:other`, { config }, async (request, reply) => {
    const { id: submission, other: id } = request.params;
    const { size, bytes } = await openWaitingFile(request.ctx, await by(request), { submission, id });
    return reply.type('application/jose').header('Content-Length', size).send(Readable.from(bytes));
  });
  app.post<Named>(`${base}/v1/cases/:id/events`, { config }, async (request, reply) => {
    const isToken = request.headers['content-type']?.split(';', 1)[0] === 'application/jose';
    ensure(isToken && typeof request.body === 'string', 'unsupported', 'platform.unsupportedType');
    await hearReceiver(request.ctx, await by(request), { caseId: request.params.id, token: request.body });
    return reply.code(204).send();
  });
}

export const routes: Routes = (app) => {
  pickupRoutes(app);
  callbackRoute(app);
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 4_096 }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
  // A file is stored while it comes; a token is text.
  app.addContentTypeParser('application/jose', async (request: FastifyRequest, payload: AsyncIterable<Uint8Array>) =>
    request.routeOptions.config.streams ? undefined : (await textIn(payload, longestToken)).trim(),
  );

  app.post(`${base}/token`, { config }, async (request, reply) => {
    const form = request.body;
    ensure(form instanceof URLSearchParams && form.get('grant_type') === 'client_credentials', 'invalid', 'delivery.grantForm');
    const [client, secret] = [form.get('client_id') ?? '', form.get('client_secret') ?? ''];
    const token = await grantAccess(request.ctx, tenantOf(request), { client, secret });
    const answer = { access_token: token, token_type: 'Bearer', expires_in: limits.accessSeconds };
    return reply.header('Cache-Control', 'no-store').send(answer);
  });

  app.get(`${base}/.well-known/jwks.json`, { config }, async (request) => serviceKeys(request.ctx, tenantOf(request)));
  app.get<Named>(`${base}/v1/destinations/:id`, { config }, async (request) =>
    describeInbox(request.ctx, await by(request), request.params.id),
  );
  app.get<Named>(`${base}/v1/destinations/:id/keys`, { config }, async (request) =>
    keysOfInbox(request.ctx, await by(request), request.params.id),
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
  app.get<Named>(`${base}/v1/submissions/:id`, { config }, async (request) => {
    const who = await by(request);
    const look = who.sender.role === 'fetch' ? contentOf : describeArrival;
    return look(request.ctx, who, request.params.id);
  });
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
    // So much is read and taken apart for those only who have shown who they are.
    { config, schema: { body: Submitted }, bodyLimit: submitBytes, onRequest: async (request) => void (await by(request)) },
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
