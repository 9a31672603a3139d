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
button,li a{font:inherit;background:none;cursor:pointer}button,li a{display:inline-block;padding:.5rem 1.125rem;border:1px solid var(--act);border-radius:.25rem;color:var(--act);font-weight:600;text-decoration:none}
button:hover,li a:hover{text-decoration:underline}a:focus-visible,button:focus-visible{outline:3px solid var(--act);outline-offset:2px}
.number{color:var(--soft);font-size:.875rem}code{overflow-wrap:anywhere}`;

/** A page that needs nothing but itself, for when the house cannot answer with one of its own: the database is away, for example. */
function sorryPage({ locale, status, sentence, request, nonce }: Sorry): string {
  const words = labels[locale];
  const title = words.titles[status] ?? words.title;
  const isOurs = status >= 500 && status !== 507;
  const again = status === 404 ? '' : `<li><a href="">${words.again}</a></li>`;
  const body = `<p>${escapeHtml(sentence)}</p>${isOurs ? `<p>${words.safe}</p>` : ''}<ul>${again}<li><a href="/">${words.start}</a></li></ul>
<p class="number">${words.number}: <code>${escapeHtml(request)}</code></p>`;
  return barePage({ locale, title, nonce, body });
}

type Bare = { readonly locale: Locale; readonly title: string; readonly nonce: string; readonly body: string };

const barePage = ({ locale, title, nonce, body }: Bare): string =>
  `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><style nonce="${nonce}">${style}</style></head><body><header>Rennsteig</header><main><h1>${title}</h1>
${body}</main></body></html>
`;

/** Everything such a page is sent with: it needs nothing but itself, and is kept by nobody. */
function sendBare(reply: FastifyReply, status: number, page: (nonce: string) => string): FastifyReply {
  const nonce = makeNonce();
  return reply
    .code(status)
    .headers({
      'Content-Security-Policy': pagePolicy(null).replace("style-src 'self'", `style-src 'nonce-${nonce}'`),
      'Cache-Control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(page(nonce));
}

/** Seconds after which one may try again; not the same for everybody, or they would all come back at once. */
const comeBackSeconds = { least: 8, most: 20 };

type Waiting = {
  readonly title: string;
  readonly why: string;
  readonly kept: string;
  readonly when: string;
  readonly go: string;
};
type WaitingWords = Waiting & { readonly unsent: string; readonly send: string };

const waitingWords: Readonly<Record<Locale, WaitingWords>> = {
  de: {
    title: 'Gerade ist sehr viel los',
    why: 'Sehr viele Menschen möchten zugleich hierher. Damit es für alle weitergeht, lassen wir nicht mehr auf einmal herein, als wir bedienen können.',
    kept: 'Was Sie schon gespeichert haben, ist sicher. Sie müssen nichts noch einmal eingeben.',
    when: 'Bitte versuchen Sie es in etwa {seconds} Sekunden wieder.',
    go: 'Seite noch einmal laden',
    unsent:
      'Was Sie zuletzt eingegeben haben, ist noch nicht gespeichert. Es steht in dieser Seite bereit: Bitte senden Sie es gleich noch einmal.',
    send: 'Noch einmal senden',
  },
  en: {
    title: 'Very many people are here right now',
    why: 'Very many people want to come here at once. So that it goes on for everybody, we let in no more at a time than we can serve.',
    kept: 'What you have saved is safe. You need not enter anything again.',
    when: 'Please try again in about {seconds} seconds.',
    go: 'Load the page again',
    unsent: 'What you entered last is not stored yet. It is kept ready in this page: please send it again in a moment.',
    send: 'Send again',
  },
};

/** A form that was sent and could not be taken, as it was sent. */
type Unsent = URLSearchParams | null;

function waitingPage(locale: Locale, { nonce, seconds, unsent }: { nonce: string; seconds: number; unsent: Unsent }): string {
  const words = waitingWords[locale];
  const when = `<p>${words.when.replace('{seconds}', String(seconds))}</p>`;
  const again = `<ul><li><a href="">${words.go}</a></li></ul>`;
  if (unsent === null)
    return barePage({ locale, title: words.title, nonce, body: `<p>${words.why}</p><p>${words.kept}</p>${when}${again}` });
  const fields = [...unsent]
    .map(
      ([name, value]) =>
        `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value).replaceAll('\n', '&#10;')}">`,
    )
    .join('');
  const form = `<form method="post">${fields}<button>${words.send}</button></form>`;
  return barePage({ locale, title: words.title, nonce, body: `<p>${words.why}</p><p>${words.unsent}</p>${when}${form}` });
}

/**
 * Tells somebody at a browser that there is no room for one more right now, and when to come back. What they have sent comes back in
 * the page, to be sent again with one button. There is no refresh by itself: who reads slowly would lose the page while reading
 * (WCAG 2.1, 2.2.1), and what was posted must not be posted by a clock.
 */
export function sendWaiting(request: FastifyRequest, reply: FastifyReply, unsent: Unsent): FastifyReply {
  const { least, most } = comeBackSeconds;
  const seconds = least + Math.floor(Math.random() * (most - least + 1));
  reply.header('Retry-After', seconds);
  request.ctx.platform.metrics.count('turned_back_total', { kind: unsent === null ? 'page' : 'form' });
  return sendBare(reply, 503, (nonce) => waitingPage(request.ctx.locale, { nonce, seconds, unsent }));
}

/** Answers somebody at a browser with the last-resort page, for what goes wrong outside of a page. */
export function sendSorry(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const failure = error instanceof Error && 'statusCode' in error ? nameFastifyError(error) : asFailure(error);
  logFailure(request.ctx, failure);
  const seconds = retryAfter(failure);
  if (seconds !== null) reply.header('Retry-After', seconds);
  const { ctx } = request;
  const status = statusOf[failure.kind];
  const sentence = sentenceOf(ctx, failure);
  return sendBare(reply, status, (nonce) => sorryPage({ locale: ctx.locale, status, sentence, request: ctx.request, nonce }));
}
