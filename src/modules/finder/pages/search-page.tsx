import { Link, useLoaderData } from 'react-router';
import { TextLink } from '#ui/button';
import { Empty, Page, Section } from '#ui/page';
import { SituationIcon } from '#ui/situation-icon';
import { useView, useWords } from '#ui/view';
import { load } from '#web/context';
import { PlaceQuestion } from './place-question.tsx';
import { portalTexts, put } from './portal-texts.ts';
import { Wish } from './wish.tsx';

export const loader = load(async (house, { request }) => {
  const { searchParams } = new URL(request.url);
  const [q, place] = [searchParams.get('q')?.slice(0, 200) ?? '', searchParams.get('ort')?.slice(0, 100) ?? ''];
  const answer = q.trim() === '' ? null : await house.rooms.finder.search(house.ctx, { q, place });
  // As on the page of the service: online is only what the responsible authority takes there.
  const formsFor = async ({ key, form, responsible }: NonNullable<typeof answer>['found'][number]) =>
    responsible?.authority
      ? house.rooms.forms.takenForms(house.ctx, { service: key, form, authority: responsible.authority.key })
      : [];
  const found = await Promise.all((answer?.found ?? []).map(async (one) => ({ ...one, forms: await formsFor(one) })));
  // Those who found something need no other way in.
  const events = found.length > 0 ? [] : await house.rooms.finder.listLifeEvents(house.ctx);
  return { q, place, answer: answer && { ...answer, found }, events };
});

type Loaded = Awaited<ReturnType<typeof loader>>;

/** The start page: one search for the wish and the place, its answers, and situations in life for those who lack the word. */
export default function SearchPage() {
  const { q, place, answer } = useLoaderData<typeof loader>();
  const labels = useWords(portalTexts);
  return (
    <Page title={answer ? put(labels.resultsFor, { q }) : labels.title} width="wide">
      <Wish q={q} place={place} />
      {answer && <Answers answer={answer} q={q} />}
      <Situations />
      {!answer && (
        <p>
          <TextLink to="/einbetten">{labels.embed}</TextLink>
        </p>
      )}
    </Page>
  );
}

type Answer = NonNullable<Loaded['answer']>;

function Answers({ answer, q }: { readonly answer: Answer; readonly q: string }) {
  const labels = useWords(portalTexts);
  const { found, corrected, place } = answer;
  const toPlace = (ort: string) => `/suche?${new URLSearchParams({ q, ort })}`;
  return (
    <>
      <PlaceQuestion place={place} toPlace={toPlace} />
      {corrected.map(({ typed, read }) => (
        <p key={typed}>{put(labels.corrected, { typed, read })}</p>
      ))}
      {found.length === 0 ? (
        <Empty icon="search" title={labels.nothing}>
          <p>{labels.nothingHint}</p>
        </Empty>
      ) : (
        <Section
          title={
            place.kind === 'found' ? `${labels.results} ${put(labels.resultsIn, { place: place.area.name })}` : labels.results
          }
        >
          <ol className="answers">
            {found.map((one) => (
              <Answered key={one.key} found={one} area={place.kind === 'found' ? place.area.key : null} />
            ))}
          </ol>
        </Section>
      )}
    </>
  );
}

function Answered({ found, area }: { readonly found: Answer['found'][number]; readonly area: string | null }) {
  const labels = useWords(portalTexts);
  const { locale } = useView();
  const { key, title, summary, forms, responsible } = found;
  const [us, them] = [responsible?.notUs, responsible?.authority];
  return (
    <li>
      <h3>
        <TextLink to={serviceAddress(key, area)}>{title}</TextLink>
      </h3>
      <p>{summary}</p>
      {them && (
        <p className="office">
          {us ? put(labels.notUs, { us: us.name, them: them.name }) : `${labels.responsible}: ${them.name}`}
        </p>
      )}
      {forms.map((form) => (
        <p className="office" key={form.key}>
          <TextLink to={`/antrag/${form.key}${area ? `?ort=${area}` : ''}`}>
            {labels.online}
            {forms.length > 1 ? `: ${form.title[locale]}` : <span className="kern-sr-only">: {title}</span>}
          </TextLink>
        </p>
      ))}
    </li>
  );
}

/** The page of a service, for a place when it is known. */
const serviceAddress = (key: string, area: string | null) => `/leistung/${key}${area ? `?ort=${area}` : ''}`;

function Situations() {
  const { events } = useLoaderData<typeof loader>();
  const labels = useWords(portalTexts);
  if (events.length === 0) return null;
  return (
    <Section title={labels.lifeEvents} lead={labels.lifeEventsLead}>
      <ul className="situations">
        {events.map(({ key, title, icon, lang }) => (
          <li key={key}>
            <Link to={`/lebenslage/${key}`} lang={lang}>
              <SituationIcon name={icon} />
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
