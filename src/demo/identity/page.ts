import { faults } from './answer.ts';
import { type Level, levels, practiceCitizens } from './citizens.ts';
import { inAttribute, inText } from './xml.ts';

/** The pages on which people play signing in. German, like the demonstration; nothing on them is real. */

const style = `:root{color-scheme:light dark;--ink:#171a2b;--ground:#fff;--line:#cfd3e4;--act:#0b6b50;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#eceef6;--ground:#14161f;--line:#3b4059;--act:#7fe0bd;--on:#0c1a15}}
body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:2rem auto;padding:0 1.25rem}fieldset{border:1px solid var(--line);border-radius:.25rem;margin:0 0 1rem;padding:.75rem 1rem}
label{display:block;padding:.25rem 0}select{font:inherit;max-width:100%}form>div{display:flex;flex-wrap:wrap;gap:.75rem}
button{font:inherit;padding:.5rem 1rem;border:1px solid var(--act);border-radius:.25rem;background:none;color:inherit}
button[value=go]{background:var(--act);color:var(--on);font-weight:600}`;

const frame = (
  content: string,
) => `<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>BundID (Übung)</title><style>${style}</style></head><body><main><h1>BundID (Übung)</h1>${content}</main></body></html>`;

const ways: Readonly<Record<Level, string>> = {
  basic: 'Benutzername und Passwort (Basisregistrierung)',
  substantial: 'Zertifikat (substanziell)',
  high: 'Online-Ausweis (hoch)',
};

const radio = (name: string, value: string, { label, isFirst }: { label: string; isFirst: boolean }) =>
  `<label><input type="radio" name="${name}" value="${value}"${isFirst ? ' checked' : ''}> ${inText(label)}</label>`;

/** Who one is, and how one proves it: the ways that suffice for what was asked. */
export function choicePage(wanted: Level): string {
  const people = practiceCitizens.map(({ key, givenName, familyName, town }, index) =>
    radio('citizen', key, { label: `${givenName} ${familyName}, ${town}`, isFirst: index === 0 }),
  );
  const enough = levels.slice(levels.indexOf(wanted));
  const how = enough.map((level, index) => radio('level', level, { label: ways[level], isFirst: index === 0 }));
  const wrong = faults.map((fault) => `<option>${fault}</option>`).join('');
  return frame(`<p>Hier wird nur geübt: Niemand wird wirklich geprüft. Bitte geben Sie keine echten Daten ein.</p><form method="post">
<fieldset><legend>Wer sind Sie?</legend>${people.join('')}</fieldset><fieldset><legend>Womit weisen Sie sich aus?</legend>${how.join('')}</fieldset>
<details><summary>Einen Fehler üben</summary><label>Die Antwort <select name="fault"><option value="">ist in Ordnung</option>${wrong}</select></label></details>
<p></p><div><button name="do" value="go">Anmelden</button><button name="do" value="cancel">Abbrechen</button></div></form>`);
}

/** Sends the browser back with the answer: by itself where there is script, by a button where there is none. */
export function returnPage(address: string, answer: string, relayState: string): string {
  return frame(`<p>Sie werden zur Verwaltung zurückgeleitet.</p><form method="post" action="${inAttribute(address)}">
<input type="hidden" name="SAMLResponse" value="${answer}"><input type="hidden" name="RelayState" value="${inAttribute(relayState)}">
<div><button value="go">Zurück zur Verwaltung</button></div></form><script>document.forms[0].submit()</script>`);
}

/** Why it goes no further. */
export const refusalPage = (why: string) => frame(`<p>${inText(why)}</p>`);
