import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from '#platform/http';
import { receiveFile } from '#platform/http-file';
import { isProxied } from '#platform/http-guard';
import { isDesktopClient } from './rules-client.ts';

/**
 * The desktop clients' HTTP engine (Qt) sends head and body of a request one after the other and leaves Nagle's algorithm on: the body
 * waits for the acknowledgement of the head (RFC 896), and our side's kernel delays that by 40 ms (RFC 1122, 4.2.3.2), having
 * nothing to say yet. An interim response says something: RFC 9110, 15.2: "A client MUST be able to parse one or more 1xx
 * responses received prior to a final response, even if the client does not expect one." 2,000 small files went up in 19 s
 * without it, and a client that finds nothing changed spent a third of its time waiting so.
 *
 * It is sent when the body is about to be read, not before: what is refused by its head alone is answered with the refusal, and a
 * client that has begun to send by then would lose that answer with the connection. Not where a proxy is between, which sends
 * both in one piece and need not expect such an answer, nor where the body is here.
 */
export function letBodyCome({ raw, headers }: FastifyRequest): void {
  if (raw.complete || raw.readableLength > 0) return;
  if (raw.httpVersion !== '1.1' || isProxied(headers) || !isDesktopClient(headers)) return;
  replies.get(raw)?.writeContinue();
  // Seen with nextcloudcmd 3.7.3 on Qt 5.15: it does not unpack an answer that follows an interim one.
  raw.headers['accept-encoding'] = 'identity';
}

/** The body of an upload, asked for when it is first read. */
export function readUpload(request: FastifyRequest): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => {
      letBodyCome(request);
      return receiveFile(request)[Symbol.asyncIterator]();
    },
  };
}

/** Those who read a body hold the request only. */
const replies = new WeakMap<FastifyRequest['raw'], ServerResponse>();

/** Keeps the reply at hand for {@link letBodyCome}. */
export async function keepReply({ raw }: FastifyRequest, reply: FastifyReply): Promise<void> {
  replies.set(raw, reply.raw);
}
