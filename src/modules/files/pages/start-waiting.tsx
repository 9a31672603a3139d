import { Link } from 'react-router';
import { State } from '#ui/alert';
import { formatNumber } from '#ui/format';
import { Icon, type IconName } from '#ui/icon';
import { Section } from '#ui/page';
import { type Dictionary, useView, useWords } from '#ui/view';
import type { Task, Tasks } from './start-tasks.ts';

const ways: Readonly<Record<Task, readonly [to: string, icon: IconName]>> = {
  overdue: ['/eingang?liste=overdue', 'warning'],
  mine: ['/eingang?liste=mine', 'archive'],
  unassigned: ['/eingang?liste=unassigned', 'archive'],
  statements: ['/stellungnahmen', 'edit'],
  payments: ['/kasse?liste=needsCare', 'list'],
  texts: ['/redaktion/eintraege?nur=waiting', 'edit'],
  forms: ['/formulare/eigene', 'list'],
};

const words: Dictionary<Readonly<Record<Task | 'title', string>>> = {
  de: {
    title: 'Wartet auf Sie',
    overdue: 'Überfällige Anträge',
    mine: 'Anträge bei mir',
    unassigned: 'Anträge noch bei niemandem',
    statements: 'Stellungnahmen',
    payments: 'Zahlungen zu klären',
    texts: 'Texte zur Freigabe',
    forms: 'Formulare zur Freigabe',
  },
  en: {
    title: 'Waits for you',
    overdue: 'Overdue applications',
    mine: 'Applications with me',
    unassigned: 'Applications still with nobody',
    statements: 'Statements',
    payments: 'Payments to settle',
    texts: 'Texts to approve',
    forms: 'Forms to approve',
  },
};

/** What waits for somebody, with the way to each; nothing where nothing does. */
export function Waiting({ tasks }: { readonly tasks: Tasks }) {
  const labels = useWords(words);
  const { locale } = useView();
  if (tasks.length === 0) return null;
  return (
    <Section title={labels.title}>
      <nav className="chips" aria-label={labels.title}>
        <ul>
          {tasks.map(([task, count]) => (
            <li key={task}>
              <Link className="chip" to={ways[task][0]}>
                <Icon name={ways[task][1]} />
                {labels[task]}
                <State tone={task === 'overdue' ? 'danger' : 'info'}>{formatNumber(locale, count)}</State>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </Section>
  );
}
