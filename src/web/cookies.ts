import type { Platform } from '#platform/context';
import { hmac, isSameSecret } from '#platform/crypto';
import { readCookie, sessionCookie } from '#platform/http';
import type { Cookies, Notice, Theme } from './context.ts';

const noticeSeconds = 60;
const yearSeconds = 31_536_000;
/** Beyond this a browser may drop the cookie silently. */
const noticeBytes = 3_000;

const isSecure = (platform: Platform) => platform.config.url.startsWith('https:');
const noticeName = (platform: Platform) => (isSecure(platform) ? '__Host-notice' : 'notice');

function cookie(platform: Platform, name: string, value: string, rest: string): string {
  return `${name}=${value}; Path=/; ${rest}${isSecure(platform) ? '; Secure' : ''}`;
}

/** The cookies we set; all of them are needed to do what the person asked for. */
export function makeCookies(platform: Platform, sessionToken: string | null): Cookies {
  const session = sessionCookie(isSecure(platform));
  return {
    signIn: (token, seconds) => cookie(platform, session, token, `HttpOnly; SameSite=Lax; Max-Age=${Math.floor(seconds)}`),
    signOut: () => cookie(platform, session, '', 'HttpOnly; SameSite=Lax; Max-Age=0'),
    language: (locale) => cookie(platform, 'lang', locale === 'en' ? 'en' : 'de', `SameSite=Lax; Max-Age=${yearSeconds}`),
    theme: (theme) => cookie(platform, 'theme', theme, `SameSite=Lax; Max-Age=${theme === 'system' ? 0 : yearSeconds}`),
    rail: (isNarrow) => cookie(platform, 'rail', 'narrow', `SameSite=Lax; Max-Age=${isNarrow ? yearSeconds : 0}`),
    notice: (notice) => {
      const text = Buffer.from(JSON.stringify(notice)).toString('base64url');
      const value = text.length > noticeBytes ? '' : `${text}.${seal(platform, sessionToken, text)}`;
      return cookie(platform, noticeName(platform), value, `HttpOnly; SameSite=Strict; Max-Age=${noticeSeconds}`);
    },
  };
}

/** Takes the shown notice away. */
export function clearedNotice(platform: Platform): string {
  return cookie(platform, noticeName(platform), '', 'HttpOnly; SameSite=Strict; Max-Age=0');
}

/** Bound to the session: nobody else can put words, or a button, on our pages. */
function seal(platform: Platform, sessionToken: string | null, text: string): string {
  return hmac(platform.keys.derive('notice'), `${sessionToken ?? ''}\n${text}`).toString('base64url');
}

/** The notice that came with the request; null without one or when it is not ours. */
export function readNotice(platform: Platform, sessionToken: string | null, header: string | undefined): Notice | null {
  const [text = '', given = ''] = (readCookie(header, noticeName(platform)) ?? '').split('.');
  const expected = Buffer.from(seal(platform, sessionToken, text));
  if (text === '' || !isSameSecret(expected, Buffer.from(given))) return null;
  return JSON.parse(Buffer.from(text, 'base64url').toString()) as Notice;
}

/** Whether the rail is folded away. */
export const readRail = (header: string | undefined): boolean => readCookie(header, 'rail') === 'narrow';

/** The chosen theme; what the system says when none was chosen. */
export function readTheme(header: string | undefined): Theme {
  const chosen = readCookie(header, 'theme');
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}
