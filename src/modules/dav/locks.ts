import type { LockOver } from '#modules/files';
import { escapeXml } from './xml.ts';

/** RFC 4918, 15.10: we lock for writing, alone or shared. */
export const supportedLock = ['exclusive', 'shared']
  .map((scope) => `<d:lockentry><d:lockscope><d:${scope}/></d:lockscope><d:locktype><d:write/></d:locktype></d:lockentry>`)
  .join('');

/**
 * RFC 4918, 14.1: one lock as `lockdiscovery` shows it.
 * @param href address of a resource the lock covers; the lock may have been taken on a folder above it
 */
export function renderLock(lock: LockOver, href: string): string {
  return [
    '<d:activelock>',
    '<d:locktype><d:write/></d:locktype>',
    `<d:lockscope><d:${lock.isShared ? 'shared' : 'exclusive'}/></d:lockscope>`,
    `<d:depth>${lock.isInfinite ? 'infinity' : '0'}</d:depth>`,
    lock.owner === '' ? '' : `<d:owner>${lock.owner}</d:owner>`,
    `<d:timeout>Second-${lock.seconds}</d:timeout>`,
    `<d:locktoken><d:href>${escapeXml(lock.token)}</d:href></d:locktoken>`,
    `<d:lockroot><d:href>${lockRoot(lock, href)}</d:href></d:lockroot>`,
    '</d:activelock>',
  ].join('');
}

function lockRoot({ levels }: LockOver, href: string): string {
  if (levels === 0) return href;
  const segments = href.replace(/\/$/, '').split('/');
  return `${segments.slice(0, segments.length - levels).join('/')}/`;
}
