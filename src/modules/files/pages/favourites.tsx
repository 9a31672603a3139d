import { useLoaderData } from 'react-router';
import { Empty, Page } from '#ui/page';
import { type Dictionary, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import { PlacedList, placedOf } from './placed-list.tsx';
import { useWatchHome } from './watch.ts';

export const loader = load(async (house) => {
  signedIn(house);
  const { files } = house.rooms;
  const stamps = files.stampsOf(await files.readHome(house.ctx));
  const rows = await files.placedRows(house.ctx, await files.listFavourites(house.ctx));
  return {
    stamps,
    rows: rows.map((row) => placedOf(house.ctx.locale, row)),
    now: house.ctx.platform.clock.now().getTime(),
  };
});

type Texts = { title: string; lead: string; none: string; noneLead: string };

const words: Dictionary<Texts> = {
  de: {
    title: 'Favoriten',
    lead: 'Was Sie oft brauchen, aus allen Bereichen. Nur Sie sehen diese Liste.',
    none: 'Noch keine Favoriten',
    noneLead: 'Öffnen Sie bei einer Datei oder einem Ordner die Einzelheiten und wählen Sie „Zu den Favoriten“.',
  },
  en: {
    title: 'Favourites',
    lead: 'What you need often, from all spaces. Only you see this list.',
    none: 'No favourites yet',
    noneLead: 'Open the details of a file or folder and choose “Add to favourites”.',
  },
};

export default function Favourites() {
  const { rows, stamps, now } = useLoaderData<typeof loader>();
  useWatchHome('contents', stamps);
  const labels = useWords(words);
  return (
    <Page title={labels.title} lead={labels.lead} width="wide">
      {rows.length === 0 ? (
        <Empty icon="star" title={labels.none}>
          <p>{labels.noneLead}</p>
        </Empty>
      ) : (
        <PlacedList caption={labels.title} rows={rows} now={now} />
      )}
    </Page>
  );
}
