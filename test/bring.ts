import { createHash, randomUUID } from 'node:crypto';
import { seal } from '../src/modules/delivery/envelope.ts';
import { type Jwk, publicKey } from '../src/modules/delivery/keys.ts';
import { openService, type Service } from '../src/modules/delivery/service-http.ts';

/** Delivers as others might: right, or wrong in any part. */

export const json = 'application/json';
export const sum = (text: string) => createHash('sha512').update(text).digest('hex');

export async function* bytes(text: string) {
  yield Buffer.from(text);
}

export type Own = {
  readonly data?: string;
  readonly dataSum?: string;
  readonly mimeType?: string;
  readonly schemaUri?: string;
  readonly metadata?: string;
  readonly files?: readonly string[];
  /** Announced, and never brought. */
  readonly more?: readonly string[];
};

type Where = { readonly service: Service; readonly inbox: string; readonly key: Jwk };

/** The ids the delivery service gives it. */
export async function bring(
  { service, inbox, key }: Where,
  { data = '{"Hund":{"Name":"Rex"}}', files = [], more = [], ...own }: Own = {},
): Promise<{ readonly submissionId: string; readonly caseId: string }> {
  const ids = files.map(() => randomUUID());
  const announced = { destinationId: inbox, announcedAttachments: [...ids, ...more] };
  const { body } = await service.ask({ method: 'POST', path: '/v1/submissions', json: announced });
  const path = `/v1/submissions/${body.submissionId}`;
  const to = publicKey(key);
  for (const [index, file] of files.entries()) {
    const sealed = seal(to, file, 'text/plain');
    const stream = { bytes: bytes(sealed), length: sealed.length };
    const headers = { 'content-type': 'application/jose' };
    await service.ask({ method: 'PUT', path: `${path}/attachments/${ids[index]}`, stream, headers });
  }
  const submissionSchema = { schemaUri: own.schemaUri ?? 'https://schema.example/hund', mimeType: own.mimeType ?? json };
  const usual = {
    contentStructure: {
      data: { hash: { type: 'sha512', content: own.dataSum ?? sum(data) }, submissionSchema },
      attachments: files.map((file, index) => ({
        hash: { type: 'sha512', content: sum(file) },
        purpose: 'attachment',
        mimeType: 'text/plain',
        attachmentId: ids[index],
        filename: `../../anlage ${index}.txt`,
      })),
    },
  };
  await service.ask({
    method: 'PUT',
    path,
    json: {
      encryptedMetadata: seal(to, own.metadata ?? JSON.stringify(usual), json),
      encryptedData: seal(to, data, json),
    },
  });
  return { submissionId: String(body.submissionId), caseId: String(body.caseId) };
}

/** A portal that is known to a delivery service and delivers there. */
export const openPortal = (address: string, known: { readonly client: string; readonly secret: string }): Promise<Service> =>
  openService({ address, tokenAddress: `${address}/token`, ...known, isPrivateFine: () => true });
