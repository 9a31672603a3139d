import { Link, useLoaderData } from 'react-router';
import { LinkButton } from '#ui/button';
import { Icon, type IconName } from '#ui/icon';
import { Empty, Page, Section } from '#ui/page';
import { classes, type Dictionary, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import { folderPath } from './address.ts';
import { PlacedList, placedOf } from './placed-list.tsx';
import { Usage } from './spaces.tsx';
import { tasksOf } from './start-tasks.ts';
import { Waiting } from './start-waiting.tsx';
import { useWatchHome } from './watch.ts';

/** Rows of each list: what fits on one screen. */
const shown = { recent: 10, favourites: 5 };

export const loader = load(async (house) => {
  const me = signedIn(house);
  const { files } = house.rooms;
  const home = await files.readHome(house.ctx);
  const { own, mounts } = home;
  const [recent, favourites, tasks] = await Promise.all([
    files.listRecent(house.ctx, shown.recent),
    files.listFavourites(house.ctx, shown.favourites).then((entries) => files.placedRows(house.ctx, entries)),
    tasksOf(house, me),
  ]);
  const placed = (rows: typeof recent) => rows.map((row) => placedOf(house.ctx.locale, row));
  return {
    tasks,
    recent: placed(recent),
    favourites: placed(favourites),
    used: own.space.used,
    quota: own.space.quota,
    spaces: mounts.map(({ root, name }) => ({ id: root.id, name })),
    stamps: files.stampsOf(home),
    now: house.ctx.platform.clock.now().getTime(),
  };
});

type Texts = {
  title: string;
  recent: string;
  none: string;
  noneLead: string;
  toFiles: string;
  places: string;
  own: string;
  favourites: string;
  spaces: string;
  trash: string;
  usage: string;
};

const words: Dictionary<Texts> = {
  de: {
    title: 'Start',
    recent: 'Zuletzt geändert',
    none: 'Hier erscheint, was sich in Ihren Dateien und Bereichen tut',
    noneLead: 'Beginnen Sie mit Ihren eigenen Dateien: Legen Sie einen Ordner an oder laden Sie etwas hoch.',
    toFiles: 'Zu meinen Dateien',
    places: 'Ihre Orte',
    own: 'Meine Dateien',
    favourites: 'Favoriten',
    spaces: 'Alle Bereiche',
    trash: 'Papierkorb',
    usage: 'Eigene Dateien',
  },
  en: {
    title: 'Start',
    recent: 'Changed last',
    none: 'What happens in your files and spaces appears here',
    noneLead: 'Begin with your own files: create a folder or upload something.',
    toFiles: 'To my files',
    places: 'Your places',
    own: 'My files',
    favourites: 'Favourites',
    spaces: 'All spaces',
    trash: 'Trash',
    usage: 'Own files',
  },
};

/** The first page in the morning: where to go, and what has changed. */
export default function Start() {
  const { recent, favourites, tasks, used, quota, stamps, now } = useLoaderData<typeof loader>();
  useWatchHome('contents', stamps);
  const labels = useWords(words);
  return (
    <Page title={labels.title} width="wide">
      <Places />
      <Waiting tasks={tasks} />
      <Section title={labels.recent}>
        {recent.length === 0 ? (
          <Empty icon="history" title={labels.none} action={<LinkButton to="/dateien">{labels.toFiles}</LinkButton>}>
            <p>{labels.noneLead}</p>
          </Empty>
        ) : (
          <PlacedList caption={labels.recent} rows={recent} now={now} />
        )}
      </Section>
      {favourites.length > 0 && (
        <Section title={labels.favourites}>
          <PlacedList caption={labels.favourites} rows={favourites} now={now} />
        </Section>
      )}
      <Section title={labels.usage}>
        <p>
          <Usage name={labels.usage} used={used} quota={quota} />
        </p>
      </Section>
    </Page>
  );
}

type Tile = { readonly to: string; readonly icon: IconName; readonly label: string; readonly isMinor?: boolean };

const mostTiles = 8;

function Places() {
  const { spaces } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  const tiles: Tile[] = [
    { to: '/dateien', icon: 'folder', label: labels.own },
    ...spaces.slice(0, mostTiles).map(({ id, name }) => ({ to: folderPath(id), icon: 'group' as const, label: name })),
    { to: '/bereiche', icon: 'list', label: labels.spaces, isMinor: true },
    { to: '/favoriten', icon: 'star', label: labels.favourites, isMinor: true },
    { to: '/papierkorb', icon: 'trash', label: labels.trash, isMinor: true },
  ];
  return (
    <nav className="chips" aria-label={labels.places}>
      <ul>
        {tiles.map(({ to, icon, label, isMinor }) => (
          <li key={to} className={classes(isMinor && 'minor')}>
            <Link className="chip" to={to}>
              <Icon name={icon} />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
