import type { ReactNode } from 'react';
import { Button, LinkButton, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { formatDay } from '#ui/format';
import { Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import type { ServiceView } from '../public-service.ts';
import { Contact, OpenNow } from './contact.tsx';
import { PlaceQuestion } from './place-question.tsx';
import { levelTexts, portalTexts, put } from './portal-texts.ts';

/** What citizens read about a service; the editors' preview is this and nothing else. */

type Service = ServiceView;
type Locale = 'de' | 'en';

const isEnglishIn = ({ content }: Service, locale: Locale) => locale === 'en' && content.titleEn !== '';

/** Its title in the language of the page, where there is one. */
export const titleOf = (service: Service, locale: Locale): string =>
  isEnglishIn(service, locale) ? service.content.titleEn : service.content.title;

export const leadOf = (service: Service, locale: Locale): string =>
  isEnglishIn(service, locale) ? service.content.summaryEn : service.content.summary;

type ServiceTextProps = {
  readonly service: Service;
  /** The responsible authority takes it online. */
  readonly hasForm: boolean;
  readonly isPlain: boolean;
  /** Address of this page without its question. */
  readonly path: string;
};

/** Everything below the title. */
export function ServiceText({ service, hasForm, isPlain, path }: ServiceTextProps) {
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
      <Next service={service} area={area} hasForm={hasForm} path={path} />
      {isPlain && (
        <p className="prose" lang="de">
          {content.plain}
        </p>
      )}
      {isEnglishIn(service, locale) && <p className="muted">{labels.english}</p>}
      <div lang="de" className="parts">
        {isPlain ? <Essentials service={service} /> : <Everything service={service} />}
      </div>
      {service.checkedOn && (
        <p className="muted">{put(labels.checked, { day: formatDay(locale, new Date(`${service.checkedOn}T12:00:00Z`)) })}</p>
      )}
    </>
  );
}

/** The one thing to do next: say where, apply online, or go to the office. */
function Next({
  service,
  area,
  hasForm,
  path,
}: {
  readonly service: Service;
  readonly area: string | null;
  readonly hasForm: boolean;
  readonly path: string;
}) {
  const labels = useWords(portalTexts);
  const { content, responsible, authority } = service;
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
      {hasForm && (
        <LinkButton kind="primary" to={`/antrag/${content.form}?ort=${area}`}>
          {labels.online}
        </LinkButton>
      )}
      <Why service={service} />
      <p>
        <TextLink to={path}>{labels.changePlace}</TextLink>
      </p>
    </div>
  );
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

/** What the master text leaves to the municipality; gone once the municipality has said it. */
const leftOpen = /je nach (Gemeinde|Satzung)/;

/** Points of the master text and what the place adds to them. */
function Points({
  title,
  own,
  added,
}: {
  readonly title: string;
  readonly own: readonly string[];
  readonly added: readonly string[];
}) {
  const items = [...added, ...(added.length > 0 ? own.filter((item) => !leftOpen.test(item)) : own)];
  if (items.length === 0) return null;
  return (
    <Section title={title}>
      <Bullets items={items} />
    </Section>
  );
}

const Bullets = ({ items }: { readonly items: readonly string[] }) => (
  <ul className="bullets">
    {items.map((item) => (
      <li key={item}>{item}</li>
    ))}
  </ul>
);

function Essentials({ service: { content, supplements } }: { readonly service: Service }) {
  const labels = useWords(portalTexts);
  return (
    <>
      <Points title={labels.documents} own={content.documents} added={supplements.flatMap(({ documents }) => documents)} />
      <Points title={labels.fees} own={content.fees} added={supplements.flatMap(({ fees }) => fees)} />
    </>
  );
}

function Everything({ service }: { readonly service: Service }) {
  const labels = useWords(portalTexts);
  const { content, supplements } = service;
  const notes = supplements.filter(({ note }) => note !== '');
  return (
    <>
      {notes.length > 0 && (
        <Section title={labels.localNote}>
          {notes.map(({ note, area }) => (
            <p className="prose" key={area}>
              {note}
            </p>
          ))}
        </Section>
      )}
      {content.details && <p className="prose">{content.details}</p>}
      <Steps steps={content.steps} title={labels.steps} />
      <Essentials service={service} />
      <Points title={labels.deadlines} own={content.deadlines} added={supplements.flatMap(({ deadlines }) => deadlines)} />
      <Fact title={labels.duration}>{content.duration}</Fact>
      <Fact title={labels.assurance}>{content.assuranceSource}</Fact>
      <Points title={labels.legal} own={content.legal} added={[]} />
    </>
  );
}

function Steps({ steps, title }: { readonly steps: readonly string[]; readonly title: string }) {
  if (steps.length === 0) return null;
  return (
    <Section title={title}>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Section>
  );
}

const Fact = ({ title, children }: { readonly title: string; readonly children: ReactNode }) =>
  children ? (
    <Section title={title}>
      <p>{children}</p>
    </Section>
  ) : null;
