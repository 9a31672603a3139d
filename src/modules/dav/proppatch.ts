import { changeProperties, setFavourite } from '#modules/files';
import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import type { Demands } from './conditions.ts';
import { emptyElement, isLive, type PropertyName } from './properties.ts';
import { multistatusClose, multistatusOpen } from './propfind.ts';
import type { Resource } from './resource.ts';
import { childOf, dav, elementsOf, owncloud, parseXml, textOf, writeContent } from './xml.ts';

/** One instruction; a value of null removes. */
type Instruction = PropertyName & { readonly value: string | null; readonly text: string };

/** Instructions of one request: beyond this nobody describes a file. */
const mostInstructions = 200;

/** RFC 4918, 9.2: instructions in document order. Throws `tooLarge` for too many. */
function readInstructions(body: string): Instruction[] {
  const root = parseXml(body);
  if (root.namespace !== dav || root.name !== 'propertyupdate')
    throw new Failure('invalid', 'dav.xmlInvalid', { detail: 'propertyupdate' });
  const instructions = elementsOf(root).flatMap((step) => {
    const prop = step.namespace === dav && ['set', 'remove'].includes(step.name) ? childOf(step, dav, 'prop') : null;
    return (prop ? elementsOf(prop) : []).map((element) => ({
      namespace: element.namespace,
      name: element.name,
      value: step.name === 'set' ? writeContent(element) : null,
      text: textOf(element),
    }));
  });
  ensure(instructions.length <= mostInstructions, 'tooLarge', 'dav.instructionsMany', { limit: mostInstructions });
  return instructions;
}

const isFavourite = ({ namespace, name }: PropertyName) => namespace === owncloud && name === 'favorite';

/**
 * Carries out PROPPATCH, all or nothing: RFC 4918, 9.2, "Instructions MUST either all be executed or none executed". A
 * property we compute is refused with 403 and spoils the others with 424. Returns the body of the 207.
 */
export async function patchProperties(
  ctx: Context,
  resource: Resource,
  body: string,
  { href, demands }: { href: string; demands: Demands },
): Promise<string> {
  const instructions = readInstructions(body);
  const refused = instructions.filter((instruction) => isLive(instruction) && !isFavourite(instruction));
  if (refused.length > 0) {
    const others = instructions.filter((instruction) => !refused.includes(instruction));
    const reason = '<d:error><d:cannot-modify-protected-property/></d:error>';
    return answer(href, propstat(refused, '403 Forbidden', reason) + propstat(others, '424 Failed Dependency'));
  }
  const dead = instructions.filter((instruction) => !isFavourite(instruction));
  if (dead.length > 0) await changeProperties(ctx, resource.entry, dead, demands);
  const favourite = instructions.findLast(isFavourite);
  if (favourite) {
    const { value, text } = favourite;
    await setFavourite(ctx, resource.entry, value !== null && ['1', 'true'].includes(text.trim()));
  }
  return answer(href, propstat(instructions, '200 OK'));
}

function propstat(instructions: readonly Instruction[], status: string, error = ''): string {
  if (instructions.length === 0) return '';
  return `<d:propstat><d:prop>${instructions.map(emptyElement).join('')}</d:prop><d:status>HTTP/1.1 ${status}</d:status>${error}</d:propstat>`;
}

const answer = (href: string, propstats: string) =>
  `${multistatusOpen}<d:response><d:href>${href}</d:href>${propstats}</d:response>${multistatusClose}`;
