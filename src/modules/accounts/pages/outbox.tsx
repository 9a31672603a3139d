import { useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { Time } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { type Dictionary, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';

type Texts = {
  title: string;
  lead: string;
  none: string;
  noneHint: string;
  to: string;
  waiting: string;
  sent: string;
  failed: string;
};

const words: Dictionary<Texts> = {
  de: {
    title: 'Postausgang',
    lead: 'In dieser Vorführung werden keine E-Mails verschickt. Hier steht, was verschickt worden wäre.',
    none: 'Noch keine E-Mail',
    noneHint: 'Laden Sie zum Beispiel jemanden ein, dann liegt die Einladung hier.',
    to: 'An',
    waiting: 'wartet',
    sent: 'verschickt',
    failed: 'nicht zustellbar',
  },
  en: {
    title: 'Outbox',
    lead: 'This demonstration sends no emails. Here is what would have been sent.',
    none: 'No email yet',
    noneHint: 'Invite somebody, for example, and the invitation will be here.',
    to: 'To',
    waiting: 'waiting',
    sent: 'sent',
    failed: 'undeliverable',
  },
};

export const loader = load(async (house) => {
  signedIn(house);
  const { platform } = house.ctx;
  return { now: platform.clock.now().getTime(), mails: await house.rooms.accounts.outbox(house.ctx) };
});

const tones = { waiting: 'info', sent: 'success', failed: 'danger' } as const;

export default function Outbox() {
  const { now, mails } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  return (
    <Page title={labels.title} lead={labels.lead}>
      {mails.length === 0 && (
        <Empty icon="mail" title={labels.none}>
          <p>{labels.noneHint}</p>
        </Empty>
      )}
      {mails.map(({ id, to, subject, body, state, at }) => (
        <details key={id} className="mail">
          <summary>
            <strong>{subject}</strong>
            <span className="muted">
              {labels.to} {to}, <Time at={at} now={now} />
            </span>
            <State tone={tones[state]}>{labels[state]}</State>
          </summary>
          <MailBody body={body} />
        </details>
      ))}
    </Page>
  );
}

type Piece = { readonly at: number; readonly text: string; readonly isLink: boolean };

/** A text cut into its links and what stands between them. */
function piecesOf(body: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: link, index } of body.matchAll(/https?:\/\/\S+/g)) {
    pieces.push({ at, text: body.slice(at, index), isLink: false }, { at: index, text: link, isLink: true });
    at = index + link.length;
  }
  return [...pieces, { at, text: body.slice(at), isLink: false }];
}

/** A mail as it reads, its links ready to be followed. */
function MailBody({ body }: { readonly body: string }) {
  return (
    <pre className="mail-body">
      {piecesOf(body).map(({ at, text, isLink }) =>
        isLink ? (
          <a key={`link ${at}`} href={text}>
            {text}
          </a>
        ) : (
          <span key={`text ${at}`}>{text}</span>
        ),
      )}
    </pre>
  );
}
