import * as accounts from '#modules/accounts';
import * as forms from '#modules/forms';
import type { Context } from '#platform/context';
import type { Roster } from './people.ts';
import { moment, type Stage } from './stage.ts';

/** Forms the town writes itself: one that is published, one that waits for a second person. */

const t = (de: string, en: string) => ({ de, en });

type Question = { readonly kind: string; readonly label: { readonly de: string; readonly en: string } };
type Page = { readonly title: { readonly de: string; readonly en: string }; readonly questions: readonly Question[] };
type Sketch = {
  readonly title: { readonly de: string; readonly en: string };
  readonly service: string;
  readonly legal: string;
  readonly pages: readonly Page[];
  /** Euros. */
  readonly fee: string;
};

const meadow: Sketch = {
  title: t('Grillplatz am Sportplatz mieten', 'Rent the barbecue area at the sports ground'),
  service: 'sondernutzung',
  legal: 'Benutzungssatzung für öffentliche Einrichtungen der Stadt Ellrich',
  fee: '25,00',
  pages: [
    {
      title: t('Wann möchten Sie den Platz nutzen?', 'When would you like to use the area?'),
      questions: [
        { kind: 'date', label: t('Tag', 'Day') },
        { kind: 'number', label: t('Zahl der Gäste', 'Number of guests') },
        { kind: 'yesNo', label: t('Bringen Sie ein Zelt mit?', 'Will you bring a tent?') },
      ],
    },
    {
      title: t('Wie groß ist das Zelt?', 'How large is the tent?'),
      questions: [{ kind: 'number', label: t('Fläche in Quadratmetern', 'Area in square metres') }],
    },
    {
      title: t('Wer sind Sie?', 'Who are you?'),
      questions: [
        { kind: 'text', label: t('Name', 'Name') },
        { kind: 'email', label: t('E-Mail-Adresse', 'E-mail address') },
      ],
    },
  ],
};

const tree: Sketch = {
  title: t('Baumpatenschaft übernehmen', 'Adopt a tree'),
  service: 'baum-faellen',
  legal: 'Baumschutzsatzung der Stadt Ellrich',
  fee: '',
  pages: [
    {
      title: t('Welchen Baum möchten Sie pflegen?', 'Which tree would you like to look after?'),
      questions: [{ kind: 'text', label: t('Straße und Standort', 'Street and place') }],
    },
    { title: t('Wer sind Sie?', 'Who are you?'), questions: [{ kind: 'text', label: t('Name', 'Name') }] },
  ],
};

/** Writes a form as somebody does in the editor. Resolves with its key and last edition. */
async function write(author: Context, { title, service, legal, pages, fee }: Sketch): Promise<{ form: string; edition: number }> {
  const form = await forms.beginOwnForm(author, { title, service, copyOf: null });
  let edition = 1;
  for (const page of pages) {
    edition = await forms.addFormPage(author, { form, edition }, page.title);
    const key = (await forms.lookAtOwnForm(author, form)).definition.pages.at(-1)?.key ?? '';
    for (const question of page.questions) edition = await forms.addQuestion(author, { form, edition }, key, question);
  }
  const { definition } = await forms.lookAtOwnForm(author, form);
  const fields = definition.pages.flatMap((page) => page.fields);
  const keyOf = (kind: string) => fields.find((field) => field.kind === kind)?.key ?? '';
  edition = await forms.saveBasics(
    author,
    { form, edition },
    {
      ...{ title, intro: title, needs: t('', ''), legal, level: 'none', levelSource: definition.assurance.source },
      ...{ minutes: '5', days: '14', declaration: definition.declaration },
      ...{ names: [keyOf('text')], mail: keyOf('email'), address: '' },
    },
  );
  if (fee === '') return { form, edition };
  const nothing = { source: '', hint: t('', ''), field: '', amounts: {} };
  edition = await forms.saveFee(
    author,
    { form, edition },
    { ...nothing, kind: 'fixed', amount: fee, label: t('Nutzung', 'Use') },
  );
  return { form, edition };
}

/** Anna writes, Bernd publishes. */
export async function fillOwnForms(stage: Stage, { accounts: people }: Roster): Promise<void> {
  const [annaId, berndId] = [people.get('anna') as number, people.get('bernd') as number];
  for (const account of [annaId, berndId]) {
    const { roles } = await accounts.getPerson(stage.house, { account });
    if (!roles.includes('editor')) await accounts.setRoles(stage.house, { account }, [...roles, 'editor']);
  }
  const [anna, bernd] = [await stage.person(annaId), await stage.person(berndId)];
  stage.at(moment(stage.today, 20));
  const { form, edition } = await write(anna, meadow);
  const rule = { act: 'add', subject: 'bringenSieEinZeltMit', compare: 'is', value: 'yes' } as const;
  const last = await forms.saveCondition(anna, { form, edition }, { page: 'wieGrossIstDasZelt' }, rule);
  await forms.proposeForm(anna, form, { edition: last, note: '' });
  stage.at(moment(stage.today, 19));
  await forms.approveForm(bernd, form, last);
  stage.at(moment(stage.today, 1));
  const second = await write(anna, tree);
  await forms.proposeForm(anna, second.form, {
    edition: second.edition,
    note: 'Bitte einmal durchgehen, am besten im Probelauf.',
  });
}
