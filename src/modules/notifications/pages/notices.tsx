import { Link, useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { Button } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { Time } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { Table } from '#ui/table';
import { classes, type Dictionary, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';

const here = '/mitteilungen';

type Texts = {
  title: string;
  lead: string;
  none: string;
  noneLead: string;
  what: string;
  when: string;
  dismiss: string;
  dismissAll: string;
  dismissed: string;
  dismissedAll: string;
  unread: string;
};

const words: Dictionary<Texts> = {
  de: {
    title: 'Mitteilungen',
    lead: 'Was Sie wissen sollten, das Neueste zuerst. Wer eine Mitteilung öffnet, hat sie gelesen. Nach 90 Tagen verschwindet sie von selbst.',
    none: 'Nichts Neues',
    noneLead:
      'Hier steht, wenn Sie in einen Bereich aufgenommen werden, jemand Ihre Datei kommentiert oder der Platz knapp wird.',
    what: 'Mitteilung',
    when: 'Wann',
    dismiss: 'Erledigt',
    dismissAll: 'Alles erledigt',
    dismissed: 'Die Mitteilung ist weg.',
    dismissedAll: 'Alle Mitteilungen sind weg.',
    unread: 'neu',
  },
  en: {
    title: 'Notices',
    lead: 'What you should know, the newest first. Opening a notice marks it as read. It goes by itself after 90 days.',
    none: 'Nothing new',
    noneLead: 'Here you read when you are added to a space, somebody comments on your file, or storage runs out.',
    what: 'Notice',
    when: 'When',
    dismiss: 'Done',
    dismissAll: 'All done',
    dismissed: 'The notice is gone.',
    dismissedAll: 'All notices are gone.',
    unread: 'new',
  },
};

export const loader = load(async (house) => {
  signedIn(house);
  const notices = await house.rooms.notifications.listNotices(house.ctx, { withRead: true });
  return { now: house.ctx.platform.clock.now().getTime(), notices };
});

export const action = act(async (house, { form }) => {
  const { notifications } = house.rooms;
  const labels = words[house.ctx.locale];
  if (text(form, '_form') === 'all') {
    await notifications.dismissAll(house.ctx);
    return go(house, here, { text: labels.dismissedAll });
  }
  await notifications.dismiss(house.ctx, Number(text(form, 'notice')) || 0);
  return go(house, here, { text: labels.dismissed });
});

export default function Notices() {
  const { now, notices } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  const all = notices.length > 1 && (
    <Form name="all">
      <Button icon="check">{labels.dismissAll}</Button>
    </Form>
  );
  return (
    <Page title={labels.title} lead={labels.lead} width="wide" actions={all}>
      {notices.length === 0 ? (
        <Empty icon="bell" title={labels.none}>
          <p>{labels.noneLead}</p>
        </Empty>
      ) : (
        <Table
          caption={labels.title}
          rows={notices}
          keyOf={({ id }) => id}
          columns={[
            { key: 'what', label: labels.what, kind: 'name', cell: (notice) => <Sentence {...notice} /> },
            { key: 'when', label: labels.when, cell: ({ at }) => <Time at={new Date(at).toISOString()} now={now} /> },
            {
              key: 'dismiss',
              label: labels.dismiss,
              kind: 'actions',
              cell: ({ id, sentence }) => (
                <Form name={`notice-${id}`} isInline>
                  <Hidden name="notice" value={id} />
                  <Button isSmall about={sentence}>
                    {labels.dismiss}
                  </Button>
                </Form>
              ),
            },
          ]}
        />
      )}
    </Page>
  );
}

type SentenceProps = { readonly id: number; readonly sentence: string; readonly isRead: boolean };

/** The way to what it is about; what was not read yet says so. */
function Sentence({ id, sentence, isRead }: SentenceProps) {
  const { unread } = useWords(words);
  return (
    <span className={classes('notice', !isRead && 'unread')}>
      <Link to={`${here}/${id}`}>{sentence}</Link>
      {!isRead && <State tone="info">{unread}</State>}
    </span>
  );
}
