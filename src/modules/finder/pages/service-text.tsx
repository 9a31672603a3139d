import { Button, LinkButton, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { dayInWords } from '#ui/format';
import { Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import type { ServiceView } from '../public-service.ts';
import { Contact, OpenNow } from './contact.tsx';
import { PlaceQuestion } from './place-question.tsx';
import { levelTexts, portalTexts, put } from './portal-texts.ts';
import { germanPoints, noteIn, pointsIn, type Said, textIn, withLocal } from './said.ts';

/** What citizens read about a service; the editors' preview is this and nothing else. */

type Service = ServiceView;
type Locale = 'de' | 'en';

const isEnglishIn = ({ content }: Service, locale: Locale) => locale === 'en' && content.titleEn !== '';

/** Its title in the language of the page, where there is one. */
export const titleOf = (service: Service, locale: Locale): string =>
  isEnglishIn(service, locale) ? service.content.titleEn : service.content.title;

export const leadOf = (service: Service, locale: Locale): string =>
  isEnglishIn(service, locale) ? service.content.summaryEn : service.content.summary;

type OnlineForm = { readonly key: string; readonly title: Readonly<Record<Locale, string>> };

type ServiceTextProps = {
  readonly service: Service;
  /** What the responsible authority takes online for it. */
  readonly forms: readonly OnlineForm[];
  readonly isPlain: boolean;
  /** Address of this page without its question. */
  readonly path: string;
};

/** Everything below the title. */
export function ServiceText({ service, forms, isPlain, path }: ServiceTextProps) {
  const labels = useWords(portalTexts);
  const { locale } = useView();
  const { content, place } = service;
  const area = place.kind === 'found' ? place.area.key : null;
  const toHere = (values: Readonly<Record<string, string>>) => `${path}?${new URLSearchParams(values)}`;
  const withPlace: Record<string, string> = area ? { ort: area } : {};
  return (
    <>
      <p>
        <TextLink to={toHere(isPlain ? withPlace : { ...withPlace, einfach: '' })}>
          {isPlain ? labels.standard : labels.plain}
        </TextLink>
      </p>
      <PlaceQuestion place={place} toPlace={(ort) => toHere({ ort })} />
      <Next service={service} area={area} forms={forms} path={path} />
      {isPlain && (
        <p className="prose" lang="de">
          {content.plain}
        </p>
      )}
      <div className="parts">{isPlain ? <Essentials service={service} /> : <Everything service={service} />}</div>
      {service.checkedOn && <p className="muted">{put(labels.checked, { day: dayInWords(locale, service.checkedOn) })}</p>}
    </>
  );
}

/** The one thing to do next: say where, apply online, or go to the office. */
function Next({
  service,
  area,
  forms,
  path,
}: {
  readonly service: Service;
  readonly area: string | null;
  readonly forms: readonly OnlineForm[];
  readonly path: string;
}) {
  const labels = useWords(portalTexts);
  const { responsible, authority } = service;
  if (!area) {
    return (
      <div className="step-box">
        <h2>{labels.askPlace}</h2>
        <p>{labels.askPlaceHint}</p>
        <Form isSearch isInline label={labels.askPlace} action={path}>
          <TextField name="ort" label={labels.place} hint={labels.placeHint} />
          <Button kind="primary">{labels.show}</Button>
        </Form>
      </div>
    );
  }
  return (
    <div className="step-box">
      <h2>{labels.responsible}</h2>
      {responsible?.notUs && authority && (
        <p>{put(labels.notUs, { us: responsible.notUs.name, them: authority.content.name })}</p>
      )}
      <Office service={service} />
      <Online forms={forms} area={area} />
      <Why service={service} />
      <p>
        <TextLink to={path}>{labels.changePlace}</TextLink>
      </p>
    </div>
  );
}

/** The ways to apply online; where there are several, each under its own title. */
function Online({ forms, area }: { readonly forms: readonly OnlineForm[]; readonly area: string }) {
  const labels = useWords(portalTexts);
  const { locale } = useView();
  return forms.map(({ key, title }) => (
    <p key={key}>
      <LinkButton kind="primary" to={`/antrag/${key}?ort=${area}`}>
        {forms.length > 1 ? title[locale] : labels.online}
      </LinkButton>
    </p>
  ));
}

function Office({ service: { responsible, authority, content } }: { readonly service: Service }) {
  const labels = useWords(portalTexts);
  const { locale } = useView();
  const level = levelTexts[locale][responsible?.level ?? content.level];
  if (!authority) return <p>{put(labels.noAuthority, { level })}</p>;
  return (
    <>
      <p>
        <strong>{authority.content.name}</strong>
        {responsible?.unit && <>, {responsible.unit.name}</>}
      </p>
      <Contact content={authority.content} unit={responsible?.unit ?? null} />
      <OpenNow opening={authority.opening} />
      <p>
        <TextLink to={`/stelle/${authority.key}`}>{labels.moreAuthority}</TextLink>
      </p>
    </>
  );
}

/** Why it is this office: the rule that matched, in words. */
function Why({ service: { responsible, content, ruleArea } }: { readonly service: Service }) {
  const labels = useWords(portalTexts);
  const { locale } = useView();
  const rule = responsible?.rule;
  const level = levelTexts[locale][responsible?.level ?? content.level];
  return (
    <details>
      <summary>{labels.why}</summary>
      {rule && ruleArea ? (
        <p>
          {put(labels.whyRule, { area: ruleArea })}.{rule.source && ` ${put(labels.whySource, { source: rule.source })}`}
        </p>
      ) : (
        <p>{put(labels.whyLevel, { level })}</p>
      )}
    </details>
  );
}

/** Says that something below is in another language than the page. */
function OnlyGerman({ said }: { readonly said: readonly Said[] }) {
  const labels = useWords(portalTexts);
  const { locale } = useView();
  const others = said.filter(({ lang }) => lang !== locale).length;
  if (others === 0) return null;
  return <p className="muted">{others === said.length ? labels.germanOnly : labels.germanPartly}</p>;
}

/** Points under a title, each in its language. */
function Points({ title, items, isOrdered = false }: PointsProps) {
  if (items.length === 0) return null;
  const points = items.map(({ text, lang }) => (
    <li key={text} lang={lang}>
      {text}
    </li>
  ));
  return (
    <Section title={title}>
      <OnlyGerman said={items} />
      {isOrdered ? <ol className="steps">{points}</ol> : <ul className="bullets">{points}</ul>}
    </Section>
  );
}

type PointsProps = { readonly title: string; readonly items: readonly Said[]; readonly isOrdered?: boolean };

function Essentials({ service: { content, supplements } }: { readonly service: Service }) {
  const labels = useWords(portalTexts);
  const { locale } = useView();
  const local = (part: 'documents' | 'fees') =>
    withLocal(
      pointsIn(content, part, locale),
      supplements.flatMap((supplement) => pointsIn(supplement, part, locale)),
    );
  return (
    <>
      <Points title={labels.documents} items={local('documents')} />
      <Points title={labels.fees} items={local('fees')} />
    </>
  );
}

function Everything({ service }: { readonly service: Service }) {
  const labels = useWords(portalTexts);
  const { locale } = useView();
  const { content, supplements } = service;
  const deadlines = withLocal(
    pointsIn(content, 'deadlines', locale),
    supplements.flatMap((supplement) => pointsIn(supplement, 'deadlines', locale)),
  );
  return (
    <>
      <LocalNotes service={service} />
      <Prose said={textIn(content, 'details', locale)} />
      <Points title={labels.steps} items={pointsIn(content, 'steps', locale)} isOrdered />
      <Essentials service={service} />
      <Points title={labels.deadlines} items={deadlines} />
      <Fact title={labels.duration} said={textIn(content, 'duration', locale)} />
      <Fact title={labels.assurance} said={textIn(content, 'assuranceSource', locale)} />
      <Legal legal={content.legal} />
    </>
  );
}

function LocalNotes({ service: { supplements } }: { readonly service: Service }) {
  const labels = useWords(portalTexts);
  const { locale } = useView();
  const notes = supplements.map((supplement) => noteIn(supplement, locale)).filter(({ text }) => text !== '');
  if (notes.length === 0) return null;
  return (
    <Section title={labels.localNote}>
      <OnlyGerman said={notes} />
      {notes.map(({ text, lang }) => (
        <p className="prose" lang={lang} key={text}>
          {text}
        </p>
      ))}
    </Section>
  );
}

/** Laws are cited as they are called. */
function Legal({ legal }: { readonly legal: readonly string[] }) {
  const labels = useWords(portalTexts);
  if (legal.length === 0) return null;
  return (
    <Section title={labels.legal}>
      <ul className="bullets">
        {germanPoints(legal).map(({ text, lang }) => (
          <li key={text} lang={lang}>
            {text}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Prose({ said }: { readonly said: Said }) {
  if (said.text === '') return null;
  return (
    <>
      <OnlyGerman said={[said]} />
      <p className="prose" lang={said.lang}>
        {said.text}
      </p>
    </>
  );
}

function Fact({ title, said }: { readonly title: string; readonly said: Said }) {
  if (said.text === '') return null;
  return (
    <Section title={title}>
      <OnlyGerman said={[said]} />
      <p lang={said.lang}>{said.text}</p>
    </Section>
  );
}
