import type { FastifyReply, FastifyRequest } from 'fastify';
import { asFailure } from './errors.ts';
import { nameFastifyError } from './http.ts';
import { makeNonce, pagePolicy } from './http-guard.ts';
import { logFailure, retryAfter, sentenceOf, statusOf } from './http-status.ts';
import type { Locale } from './words.ts';

/** What the last-resort page says. */
export type Sorry = {
  readonly locale: Locale;
  readonly status: number;
  readonly sentence: string;
  readonly request: string;
  readonly nonce: string;
};

type Labels = {
  readonly title: string;
  readonly titles: Readonly<Record<number, string>>;
  readonly safe: string;
  readonly number: string;
  readonly again: string;
  readonly start: string;
};

const labels: Readonly<Record<Locale, Labels>> = {
  de: {
    title: 'Das hat nicht geklappt',
    titles: {
      404: 'Nicht gefunden',
      429: 'Zu viele Versuche',
      503: 'Gerade nicht erreichbar',
      507: 'Kein Platz mehr',
    },
    safe: 'Was gespeichert war, ist unverändert.',
    number: 'Nummer für die Hilfe',
    again: 'Noch einmal versuchen',
    start: 'Zur Startseite',
  },
  en: {
    title: 'That did not work',
    titles: {
      404: 'Not found',
      429: 'Too many attempts',
      503: 'Not available right now',
      507: 'No room left',
    },
    safe: 'What was stored is unchanged.',
    number: 'Number for support',
    again: 'Try again',
    start: 'Go to the start page',
  },
};

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => escaped[character] ?? character);

// The look of the pages without their style sheets: those may be what cannot be had. Dark where the system is.
const style = `:root{color-scheme:light dark;--ink:#171a2b;--soft:#4a5070;--ground:#fff;--top:#f3f4f9;--line:#cfd3e4;--act:#2349a8}
@media(prefers-color-scheme:dark){:root{--ink:#eceef6;--soft:#b6bcd4;--ground:#14161f;--top:#1d202c;--line:#3b4059;--act:#9db7ff}}
body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.5 "Fira Sans",system-ui,sans-serif}
header{padding:.375rem max(1.25rem,calc(50vw - 19rem));border-bottom:3px solid var(--act);background:var(--top);font-size:.875rem}
main{max-width:38rem;margin:3rem auto;padding:0 1.25rem}h1{margin:0 0 1rem;font-size:1.5rem;line-height:1.25}
ul{display:flex;flex-wrap:wrap;gap:.75rem;margin:2rem 0;padding:0;list-style:none}
li a{display:inline-block;padding:.5rem 1.125rem;border:1px solid var(--act);border-radius:.25rem;color:var(--act);font-weight:600;text-decoration:none}
li a:hover{text-decoration:underline}a:focus-visible{outline:3px solid var(--act);outline-offset:2px}
.number{color:var(--soft);font-size:.875rem}code{overflow-wrap:anywhere}`;

/** A page that needs nothing but itself, for when the house cannot answer with one of its own: the database is away, for example. */
function sorryPage({ locale, status, sentence, request, nonce }: Sorry): string {
  const words = labels[locale];
  const title = words.titles[status] ?? words.title;
  const isOurs = status >= 500 && status !== 507;
  const again = status === 404 ? '' : `<li><a href="">${words.again}</a></li>`;
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title} (${status})</title><style nonce="${nonce}">${style}</style></head><body><header>Rennsteig</header><main><h1>${title}</h1>
<p>${escapeHtml(sentence)}</p>${isOurs ? `<p>${words.safe}</p>` : ''}<ul>${again}<li><a href="/">${words.start}</a></li></ul>
<p class="number">${words.number}: <code>${escapeHtml(request)}</code></p></main></body></html>
`;
}

/** Answers somebody at a browser with the last-resort page, for what goes wrong outside of a page. */
export function sendSorry(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const failure = error instanceof Error && 'statusCode' in error ? nameFastifyError(error) : asFailure(error);
  logFailure(request.ctx, failure);
  const seconds = retryAfter(failure);
  if (seconds !== null) reply.header('Retry-After', seconds);
  const nonce = makeNonce();
  const { ctx } = request;
  const status = statusOf[failure.kind];
  return reply
    .code(status)
    .headers({
      'Content-Security-Policy': pagePolicy(null).replace("style-src 'self'", `style-src 'nonce-${nonce}'`),
      'Cache-Control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(sorryPage({ locale: ctx.locale, status, sentence: sentenceOf(ctx, failure), request: ctx.request, nonce }));
}
