import * as accounts from '#modules/accounts';
import * as mailbox from '#modules/mailbox';
import { provider } from '#modules/tenants';
import type { CitizenActor } from '#platform/context';
import { password, personFacts } from './cast.ts';
import { moment, type Stage } from './stage.ts';

type Letter = Omit<mailbox.LetterInput, 'citizen' | 'recipient'> & {
  readonly author: string;
  readonly ago: number;
  readonly isPost?: true;
};

const address = ['Celik Çetin', 'Salzaer Straße 3', '99734 Nordhausen'];

const letters: readonly Letter[] = [
  {
    reference: 'demo:hund-frage',
    author: 'bernd',
    ago: 2,
    rule: 'none',
    subject: 'Ihre Frage zur Leinenpflicht',
    body: 'Guten Tag,\n\nam Stadtpark gilt die Leinenpflicht das ganze Jahr, am Burgberg nur von März bis Juni.\n\nMit freundlichen Grüßen\nBernd Böhme',
  },
  {
    reference: 'demo:parkausweis',
    author: 'bernd',
    ago: 1,
    rule: 'vwvfg41',
    subject: 'Bescheid: Bewohnerparkausweis',
    body: 'Guten Tag,\n\nIhr Bewohnerparkausweis für die Zone B ist bewilligt. Er gilt ein Jahr.\n\nGegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Widerspruch einlegen.\n\nMit freundlichen Grüßen\nBernd Böhme',
  },
  {
    reference: 'demo:hundesteuer',
    author: 'bernd',
    ago: 0,
    rule: 'ao122a',
    subject: 'Bescheid: Hundesteuer 2027',
    body: 'Guten Tag,\n\nfür Ihren Hund setzen wir für das Jahr 2027 eine Hundesteuer von 60,00 Euro fest. Bitte überweisen Sie den Betrag bis zum 15. Februar.\n\nMit freundlichen Grüßen\nBernd Böhme',
  },
  {
    reference: 'demo:post',
    author: 'anna',
    ago: 1,
    rule: 'none',
    subject: 'Termin zur Ortsbesichtigung',
    isPost: true,
    body: 'Guten Tag,\n\nwir möchten uns die Stützmauer an Ihrem Grundstück gemeinsam mit Ihnen ansehen. Passt Ihnen der 2. Dezember um 10 Uhr?\n\nMit freundlichen Grüßen\nAnna Apel',
  },
];

/** Celik has a mailbox; the town has written three letters into it, and one that goes by post. They arrive once the queue runs. Resolves with her. */
export async function fillMailbox(stage: Stage, people: ReadonlyMap<string, number>): Promise<CitizenActor> {
  const { platform, tenant, today } = stage;
  const { name, address: mail } = personFacts.celik;
  const celik = await accounts.addCitizen(stage.operator, { address: mail, name, kind: 'person', password });
  for (const { author, ago, isPost, ...letter } of letters) {
    const clerk = await stage.person(people.get(author) as number);
    stage.at(moment(today, ago));
    const input = {
      ...letter,
      citizen: isPost ? null : celik,
      recipient: isPost ? ['Familie Kurz', ...address.slice(1)] : address,
    };
    await platform.db.write(tenant, (tx) => mailbox.sendLetter(tx, clerk, input));
  }
  return { kind: 'citizen', tenant: provider, citizen: celik, name, address: mail, isCompany: false, credential: 0 };
}
