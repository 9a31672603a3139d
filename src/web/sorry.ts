import type { Locale } from '#platform/words';

/** What the last-resort page says. */
export type Sorry = {
  readonly locale: Locale;
  readonly status: number;
  readonly sentence: string;
  readonly request: string;
  readonly nonce: string;
};

const labels = {
  de: {
    title: 'Das hat nicht geklappt',
    number: 'Nummer für die Hilfe',
    again: 'Noch einmal versuchen',
    start: 'Zur Startseite',
  },
  en: { title: 'That did not work', number: 'Number for support', again: 'Try again', start: 'Go to the start page' },
};

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => escaped[character] ?? character);

const style = `:root{color-scheme:light dark}body{font:1.125rem/1.5 system-ui,sans-serif;max-width:38rem;margin:15vh auto;padding:0 1.25rem}
h1{font-size:1.5rem}p.number{font-size:.875rem}a{color:inherit}`;

/** A page that needs nothing but itself, for when the house cannot answer with one of its own: the database is away, for example. */
export function sorryPage({ locale, status, sentence, request, nonce }: Sorry): string {
  const words = labels[locale];
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${words.title} (${status})</title><style nonce="${nonce}">${style}</style></head><body><main><h1>${words.title}</h1>
<p>${escapeHtml(sentence)}</p><p><a href="">${words.again}</a> · <a href="/">${words.start}</a></p>
<p class="number">${words.number}: ${escapeHtml(request)}</p></main></body></html>
`;
}
