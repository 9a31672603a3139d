import type { Transaction } from './ledger.ts';

/** The page on which people play paying. German, like the demonstration; nothing on it is real. */

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const plain = (text: string) => text.replace(/[&<>"]/g, (sign) => escaped[sign] ?? sign);

const style = `:root{color-scheme:light dark;--ink:#171a2b;--ground:#fff;--line:#cfd3e4;--act:#0b6b50;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#eceef6;--ground:#14161f;--line:#3b4059;--act:#7fe0bd;--on:#0c1a15}}
body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:2rem auto;padding:0 1.25rem}dl{border:1px solid var(--line);border-radius:.25rem;padding:1rem}
dt{font-size:.875rem}dd{margin:0 0 .75rem;font-weight:600;overflow-wrap:anywhere}form{display:flex;flex-wrap:wrap;gap:.75rem}
button{font:inherit;padding:.5rem 1rem;border:1px solid var(--act);border-radius:.25rem;background:none;color:inherit}
button[value=paid]{background:var(--act);color:var(--on);font-weight:600}`;

const euros = (cents: number) => (cents / 100).toFixed(2).replace('.', ',');

const choices: readonly (readonly [string, string])[] = [
  ['paid', 'Jetzt bezahlen'],
  ['denied', 'Ablehnen lassen'],
  ['aborted', 'Abbrechen'],
  ['leave', 'Zurück, ohne zu zahlen'],
];

/** The page of one transaction; finished ones only lead back. */
export function payPage(transaction: Transaction): string {
  const { cents, reference, text, state } = transaction;
  const buttons = choices.filter(([value]) => state === 'new' || value === 'leave');
  const form = buttons.map(([value, label]) => `<button name="do" value="${value}">${label}</button>`).join('');
  return `<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Übungs-Bezahldienst</title><style>${style}</style></head><body><main><h1>Übungs-Bezahldienst</h1>
<p>Hier wird nur geübt: Es fließt kein Geld.</p><dl><dt>Betrag</dt><dd>${euros(cents)} €</dd><dt>Kassenzeichen</dt><dd>${plain(reference)}</dd>
<dt>Wofür</dt><dd>${plain(text)}</dd></dl><form method="post">${form}</form></main></body></html>`;
}
