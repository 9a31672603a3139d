import * as accounts from '#modules/accounts';
import * as forms from '#modules/forms';
import type { Context } from '#platform/context';
import type { Roster } from './people.ts';
import { moment, type Stage } from './stage.ts';

/** Forms the town writes itself: one that is published, one that waits for a second person, one with a fee that is calculated. */

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

const hall: Sketch = {
  title: t('Dorfgemeinschaftshaus mieten', 'Rent the village hall'),
  service: 'sondernutzung',
  legal: 'Entgeltordnung für das Dorfgemeinschaftshaus Woffleben',
  fee: '',
  pages: [
    {
      title: t('Wie lange und welchen Raum?', 'How long, and which room?'),
      questions: [
        { kind: 'number', label: t('Tage', 'Days') },
        { kind: 'choice', label: t('Raum', 'Room') },
      ],
    },
    {
      title: t('Wer kommt?', 'Who comes?'),
      questions: [
        { kind: 'number', label: t('Gäste', 'Guests') },
        { kind: 'number', label: t('Helferinnen und Helfer', 'Helpers') },
        { kind: 'yesNo', label: t('Ist der Verein gemeinnützig?', 'Is the club charitable?') },
      ],
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
      title,
      intro: title,
      needs: t('', ''),
      legal,
      level: 'none',
      levelSource: definition.assurance.source,
      minutes: '5',
      days: '14',
      declaration: definition.declaration,
      names: [keyOf('text')],
      mail: keyOf('email'),
      address: '',
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

const plainField = { hint: t('', ''), isRequired: true, options: [], option: null, types: [], limits: {} };
const nothingTyped = { amount: '', percent: '', source: '', sources: [], field: '', rows: {}, least: '', most: '', law: '' };

/** By the day and by the room, cleaning for the large one; free for charitable clubs. With a test run, so that it is worked out. */
async function writeHall(author: Context): Promise<void> {
  const made = await write(author, hall);
  const { form } = made;
  let { edition } = made;
  const step = async (take: (at: { form: string; edition: number }) => Promise<number>) => {
    edition = await take({ form, edition });
  };
  const rooms = [
    { value: 'klein', de: 'Kleiner Saal', en: 'Small hall' },
    { value: 'gross', de: 'Großer Saal mit Küche', en: 'Large hall with kitchen' },
  ];
  const days = { ...plainField, label: t('Tage', 'Days'), limits: { min: '1', max: '14' } };
  await step((at) => forms.saveQuestion(author, at, 'tage', days));
  await step((at) => forms.saveQuestion(author, at, 'raum', { ...plainField, label: t('Raum', 'Room'), options: rooms }));
  const people = { ...nothingTyped, label: t('Personen im Haus', 'People in the hall'), how: 'sum' };
  await step((at) => forms.addValue(author, at, people.label, 'number'));
  const both = ['gaeste', 'helferinnenUndHelfer'];
  await step((at) => forms.saveSum(author, at, { value: 'personenImHaus' }, { ...people, sources: both }));
  const parts = [
    { label: t('Raum', 'Room'), how: 'table', field: 'raum', rows: { klein: '30', gross: '80' } },
    { label: t('Nutzung je Tag', 'Use by the day'), how: 'times', amount: '45', source: 'tage', most: '300' },
    { label: t('Reinigung', 'Cleaning'), how: 'fixed', amount: '60' },
  ];
  for (const part of parts) {
    await step((at) => forms.addFeeItem(author, at, part.label));
    const { fee } = (await forms.lookAtOwnForm(author, form)).definition;
    const item = fee.kind === 'sum' ? (fee.items.at(-1)?.key ?? '') : '';
    const typed = { ...nothingTyped, law: '§ 3 Entgeltordnung', ...part };
    await step((at) => forms.saveSum(author, at, { item }, typed));
  }
  const large = { act: 'add', subject: 'raum', compare: 'is', value: 'gross' } as const;
  await step((at) => forms.saveCondition(author, at, { item: 'reinigung' }, large));
  const charitable = { act: 'add', subject: 'istDerVereinGemeinnuetzig', compare: 'is', value: 'yes' } as const;
  await step((at) => forms.saveCondition(author, at, { free: true }, charitable));
  const sent = new Map([
    ['tage', ['2']],
    ['raum', ['gross']],
  ]);
  await forms.answerTrial(author, form, { page: 'wieLangeUndWelchenRaum', item: 0, go: 'next', sent, files: [], removed: 0 });
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
  await writeHall(anna);
}
