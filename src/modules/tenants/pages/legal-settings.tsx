import { useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { TextArea, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import type { ContactField, LegalKind } from '../rules-legal.ts';
import { legalPaths, legalTexts } from './legal-texts.ts';

const here = '/verwaltung/pflichtangaben';

/** What needs more than a line. */
const long: readonly ContactField[] = ['supervision', 'dataProtection'];

export const loader = load(async (house) => {
  const { tenant } = signedIn(house);
  const { tenants } = house.rooms;
  const { contact, texts } = await tenants.readLegalSettings(house.ctx, tenant);
  return { contact, texts, kinds: tenants.legalKinds, fields: tenants.contactFields };
});

export const action = act(async (house, { form }) => {
  const { tenant } = signedIn(house);
  const { tenants } = house.rooms;
  const labels = legalTexts[house.ctx.locale];
  const kind = tenants.legalKinds.find((each) => text(form, '_form') === `text-${each}`);
  if (!kind) {
    const contact = Object.fromEntries(tenants.contactFields.map((field) => [field, text(form, field)]));
    await tenants.setLegal(house.ctx, { tenant, contact });
    return go(house, here, { text: labels.contactSaved });
  }
  const isTemplate = text(form, 'do') === 'template';
  await tenants.setLegal(house.ctx, { tenant, texts: { [kind]: isTemplate ? null : text(form, kind) } });
  return go(house, here, { text: (isTemplate ? labels.templated : labels.saved)(labels.pages[kind]) });
});

export default function LegalSettings() {
  const { contact, kinds, fields } = useLoaderData<typeof loader>();
  const labels = useWords(legalTexts);
  const names = Object.fromEntries(fields.map((field) => [field, labels.fields[field][0]]));
  return (
    <Page title={labels.title} lead={labels.lead}>
      <Section title={labels.contact} lead={labels.contactLead}>
        <Form name="contact" labels={names}>
          {fields.map((field) => (
            <ContactInput key={field} field={field} value={contact[field]} />
          ))}
          <Buttons>
            <Button kind="primary">{labels.save}</Button>
          </Buttons>
        </Form>
      </Section>
      {kinds.map((kind) => (
        <TextSection key={kind} kind={kind} />
      ))}
    </Page>
  );
}

function ContactInput({ field, value }: { readonly field: ContactField; readonly value: string }) {
  const [label, hint] = useWords(legalTexts).fields[field];
  const shared = { name: field, label, hint, value, isOptional: true };
  if (long.includes(field)) return <TextArea {...shared} rows={2} />;
  return <TextField {...shared} type={field === 'email' ? 'email' : 'text'} maxLength={500} autoComplete="off" />;
}

function TextSection({ kind }: { readonly kind: LegalKind }) {
  const { texts } = useLoaderData<typeof loader>();
  const labels = useWords(legalTexts);
  const { text: value, isOwn } = texts[kind];
  const page = labels.pages[kind];
  return (
    <Section title={page}>
      <p>
        <State tone={isOwn ? 'info' : 'neutral'}>{isOwn ? labels.own : labels.fromTemplate}</State>
      </p>
      <Form key={`${isOwn} ${value.length}`} name={`text-${kind}`} labels={{ [kind]: labels.text }}>
        <TextArea
          name={kind}
          label={
            <>
              {labels.text}
              <span className="kern-sr-only">: {page}</span>
            </>
          }
          hint={labels.textHint}
          value={value}
          rows={8}
          isOptional
        />
        <Buttons>
          <Button name="do" value="save" about={page}>
            {labels.save}
          </Button>
          {isOwn && (
            <Button name="do" value="template" kind="tertiary" about={page}>
              {labels.useTemplate}
            </Button>
          )}
          <LinkButton kind="tertiary" to={legalPaths[kind]} about={page}>
            {labels.look}
          </LinkButton>
        </Buttons>
      </Form>
    </Section>
  );
}
