import { password, personFacts } from './cast.ts';

const people: readonly (readonly [address: string, what: string])[] = [
  [personFacts.anna.address, 'clerk in the building office of Ellrich, and editor'],
  [personFacts.bernd.address, 'clerk in the public order office of Ellrich, editor, serves at the counter'],
  ['m.sauerland@ellrich.example', 'treasurer of Ellrich'],
  [personFacts.dora.address, 'tenant administrator of Ellrich'],
  [personFacts.gero.address, 'architect, works with Anna on the bypass'],
  [personFacts.emil.address, 'clerk and treasurer in Rhönblick: sees nothing of Ellrich; has a folder of 10,000 sheets'],
  ['f.fink@tlrz.example', 'editor of the state: the texts of all services'],
  [personFacts.paula.address, 'operator at the provider: all tenants, no content'],
  [personFacts.ida.address, 'auditor: reads the audit trail'],
  [personFacts.celik.address, 'citizen: signs in at /postfach'],
];

/** What a start of the demonstration prints: who can sign in, and ten things to try. */
export function guide(url: string): string {
  const width = Math.max(...people.map(([address]) => address.length));
  return [
    '',
    'This is a demonstration: please enter no real data. Everybody’s password is',
    '',
    `    ${password}`,
    '',
    ...people.map(([address, what]) => `    ${address.padEnd(width)}  ${what}`),
    '',
    `1. ${url}/anmelden as anna: open “Bauamt”, then drop a folder of yours into it.`,
    '2. In a second browser as bernd: the same space, a second later.',
    `3. “Konto”, “App-Passwörter”: make one and mount ${url}/remote.php/webdav/ in Explorer, Finder or Files.`,
    `4. Without signing in: ${url}/suche, for example “Hund anmelden” in Ellrich.`,
    `5. As m.sauerland: ${url}/kasse. Whatever is paid here is paid at a practice service beside it; no money moves.`,
    `6. As bernd: ${url}/eingang, what citizens of Ellrich have applied for.`,
    `7. As celik: ${url}/postfach/antraege, what she has applied for. As bernd: ${url}/eingang/am-schalter, for those without a device.`,
    `8. ${url}/antrag/eigene-meldedaten?ort=16062005 asks who you are: at a practice identity, “BundID (Übung)”. /postfach/anmelden knows it, too.`,
    `9. As anna: ${url}/redaktion, the texts citizens find, and ${url}/formulare/eigene, forms without programming. Bernd approves.`,
    `10. As dora: ${url}/verwaltung. As paula: ${url}/anbieter. Mails that would go out stand under ${url}/postausgang.`,
    '',
  ].join('\n');
}
