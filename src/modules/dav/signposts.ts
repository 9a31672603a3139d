import { personOf } from '#modules/files';
import type { AccountActor } from '#platform/context';
import { Failure } from '#platform/errors';
import type { FastifyReply, FastifyRequest } from '#platform/http';
import { multistatusClose, multistatusOpen, readPropertyRequest, renderValues, type Values } from './propfind.ts';
import { readDepth, readText } from './requests.ts';
import { principalPath, withoutQuery } from './rules-path.ts';
import { dav, escapeXml } from './xml.ts';

/**
 * The addresses above a person's files: clients that are only given the server begin here and follow the signs (RFC 5397). They
 * show nobody but the person who asks.
 */

const root = '/remote.php/dav/';

/** The signposts of a person, each with those it leads to. */
function signpostsOf(person: AccountActor): ReadonlyMap<string, readonly string[]> {
  const own = `${root}files/${person.handle}/`;
  const principal = principalPath(person.handle);
  return new Map([
    [root, [`${root}files/`, `${root}principals/`]],
    [`${root}files/`, [own]],
    [own, []],
    [`${root}principals/`, [`${root}principals/users/`]],
    [`${root}principals/users/`, [principal]],
    [principal, []],
  ]);
}

function valuesOf(person: AccountActor, path: string): Values {
  const principal = principalPath(person.handle);
  const isPrincipal = path === principal;
  return {
    [`${dav} resourcetype`]: `<d:collection/>${isPrincipal ? '<d:principal/>' : ''}`,
    [`${dav} displayname`]: escapeXml(isPrincipal ? person.name : (path.split('/').at(-2) ?? '')),
    [`${dav} current-user-principal`]: `<d:href>${principal}</d:href>`,
    ...(isPrincipal ? { [`${dav} principal-URL`]: `<d:href>${principal}</d:href>` } : {}),
  };
}

/** Answers PROPFIND at a signpost. Throws `notFound` for what is none of this person's. */
export async function answerSignpost(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const depth = readDepth(request, '0');
  if (depth === 'infinity') throw new Failure('forbidden', 'dav.depthInfinite');
  const wish = readPropertyRequest(await readText(request));
  const person = personOf(request.ctx);
  const here = withoutQuery(request.raw.url ?? '').replace(/\/?$/, '/');
  const below = signpostsOf(person).get(here);
  if (!below) throw new Failure('notFound', 'platform.notFound');
  const shown = [here, ...(depth === '1' ? below : [])];
  const responses = shown.map((path) => renderValues(wish, path, valuesOf(person, path)));
  return reply
    .code(207)
    .headers({ 'Content-Type': 'application/xml; charset=utf-8', DAV: '1, 2, 3' })
    .send([multistatusOpen, ...responses, multistatusClose].join(''));
}

/** Addresses with and without a slash at the end. */
export const signpostAddresses = ['', '/files', '/principals', '/principals/users', '/principals/users/:handle'].flatMap(
  (path) => [`/remote.php/dav${path}`, `/remote.php/dav${path}/`],
);
