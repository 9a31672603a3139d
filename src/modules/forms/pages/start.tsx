import { redirect, useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Facts, Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, shownTenant, text } from '#web/context';
import type { StartView as Start } from '../begin.ts';
import { formTexts, put } from './form-texts.ts';
import { officeName, TextList, Trap } from './parts.tsx';
import './forms.css';

type StartView = Omit<Start, 'tenant'>;

export const loader = load(async (house, { request, params }) => {
  const place = new URL(request.url).searchParams.get('ort')?.slice(0, 100) ?? '';
  const { tenant, ...view } = await house.rooms.forms.lookAtStart(house.ctx, params.form ?? '', place);
  return { ...view, ...(await shownTenant(house, tenant)) };
});

export const action = act(async (house, { form, params }) => {
  const input = { form: params.form ?? '', place: text(form, 'ort'), trap: text(form, 'website') };
  const { token, page } = await house.rooms.forms.beginDraft(house.ctx, input);
  return redirect(`/antrag/${params.form}/${token}/${page}`);
});

/** What one should know before the first question. */
export default function StartPage() {
  const view = useLoaderData<typeof loader>();
  const labels = useWords(formTexts);
  const { locale } = useView();
  const { definition } = view;
  return (
    <Page title={definition.title[locale]} lead={definition.intro[locale]} above={[{ to: '/', label: labels.search }]}>
      <Where view={view} />
      {view.isOffered && <Know view={view} />}
    </Page>
  );
}

/** The place, who is responsible there, and the way in. */
function Where({ view }: { readonly view: StartView }) {
  const labels = useWords(formTexts);
  const { place, office, notUs, isOffered, definition } = view;
  if (place.kind === 'several') {
    return (
      <Alert tone="warning" title={labels.several}>
        <ul>
          {place.areas.map(({ key, designation, district }) => (
            <li key={key}>
              <TextLink to={`/antrag/${definition.key}?ort=${key}`}>
                {district ? `${designation} (${district})` : designation}
              </TextLink>
            </li>
          ))}
        </ul>
      </Alert>
    );
  }
  if (place.kind !== 'found' || !office) return <AskPlace view={view} />;
  if (!isOffered) {
    return (
      <Alert tone="warning" title={put(labels.notOffered, { office: office.name })}>
        <p>{labels.notOfferedHint}</p>
        <p>
          <TextLink to={`/leistung/${definition.service}?ort=${place.area.key}`}>{labels.aboutService}</TextLink>
        </p>
      </Alert>
    );
  }
  return (
    <>
      {notUs && <p>{put(labels.notUs, { us: notUs, them: office.name })}</p>}
      <p>
        {labels.recipient}: <strong>{officeName(office)}</strong>
      </p>
      <Begin area={place.area.key} />
    </>
  );
}

function Begin({ area }: { readonly area: string }) {
  const labels = useWords(formTexts);
  return (
    <Form>
      <Hidden name="ort" value={area} />
      <Trap />
      <Button kind="primary">{labels.begin}</Button>
    </Form>
  );
}

function AskPlace({ view: { place, definition } }: { readonly view: StartView }) {
  const labels = useWords(formTexts);
  return (
    <>
      {place.kind === 'unknown' && <Alert tone="warning" title={put(labels.unknown, { place: place.typed })} />}
      <Form isSearch isInline label={labels.askPlace} action={`/antrag/${definition.key}`}>
        <TextField name="ort" label={labels.askPlace} hint={labels.placeHint} />
        <Button kind="primary">{labels.show}</Button>
      </Form>
    </>
  );
}

function Know({ view: { definition, keepDays } }: { readonly view: StartView }) {
  const labels = useWords(formTexts);
  const { locale } = useView();
  const { needs, legal, assurance, minutes, days, fee, statements = [] } = definition;
  const feeText = { none: labels.feeNone, later: labels.feeLater, sum: labels.feeSum }[fee.kind];
  return (
    <>
      <TextList title={labels.needs} texts={needs} />
      <Facts
        facts={[
          [labels.duration, put(labels.minutes, { minutes })],
          [labels.interrupt, put(labels.keptDays, { days: keepDays })],
          [labels.fee, feeText],
          [labels.decision, put(labels.days, { days })],
          [labels.proof, assurance.level === 'none' ? `${labels.noProof} ${assurance.source[locale]}` : assurance.source[locale]],
        ]}
      />
      <TextList title={labels.statements} texts={statements} />
      <Section title={labels.law}>
        <ul className="bullets" lang="de">
          {legal.map((law) => (
            <li key={law}>{law}</li>
          ))}
        </ul>
      </Section>
    </>
  );
}
