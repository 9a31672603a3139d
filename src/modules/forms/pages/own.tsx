import { useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { LinkButton } from '#ui/button';
import { Empty, Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { load } from '#web/context';
import type { OwnApplication } from '../account.ts';
import { nextTexts, ownTexts } from './applicant-texts.ts';
import { put, stateTexts } from './form-texts.ts';
import { officeName, stateTones, useDay } from './parts.tsx';
import './forms.css';

export const loader = load(async (house) => house.rooms.forms.listApplications(house.ctx));

/** Everything in one's account, what waits for one first. */
export default function OwnPage() {
  const lines = useLoaderData<typeof loader>();
  const labels = useWords(ownTexts);
  return (
    <Page title={labels.title} lead={labels.lead} above={[{ to: '/postfach', label: labels.mailbox }]}>
      {lines.length === 0 ? (
        <Empty icon="archive" title={labels.none} action={<LinkButton to="/">{labels.search}</LinkButton>}>
          <p>{labels.noneLead}</p>
        </Empty>
      ) : (
        <ul className="own-list">
          {lines.map((line) => (
            <Line key={line.path} line={line} />
          ))}
        </ul>
      )}
    </Page>
  );
}

type Words = (typeof ownTexts)['de'];

const acts: Readonly<Partial<Record<OwnApplication['state'], keyof Words>>> = {
  draft: 'goOn',
  correcting: 'correct',
  unpaid: 'pay',
  evidenceRequested: 'answer',
  decided: 'read',
};

/** What needs somebody is the one thing that stands out. */
const isUrgent = (state: OwnApplication['state']) => state === 'unpaid' || state === 'evidenceRequested';

function Line({ line }: { readonly line: OwnApplication }) {
  const labels = useWords(ownTexts);
  const states = useWords(stateTexts);
  const nexts = useWords(nextTexts);
  const { locale } = useView();
  const day = useDay();
  const { state, title, office, reference, keptUntil, dueOn, expectedOn, path } = line;
  const until = state === 'draft' ? keptUntil : state === 'evidenceRequested' ? dueOn : expectedOn;
  return (
    <li>
      <h2>{title[locale]}</h2>
      <p>
        <State tone={stateTones[state]}>{states[state]}</State> {[reference, officeName(office)].filter(Boolean).join(', ')}
      </p>
      <p>{put(nexts[state], { day: until ? day(until) : '–' })}</p>
      <p>
        <LinkButton kind={isUrgent(state) ? 'primary' : 'secondary'} to={path} about={reference ?? title[locale]}>
          {labels[acts[state] ?? 'open']}
        </LinkButton>
      </p>
    </li>
  );
}
