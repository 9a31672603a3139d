import { useLoaderData } from 'react-router';
import { Button, Buttons } from '#ui/button';
import { ColourField } from '#ui/colour';
import { FileField, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { formatBytes } from '#ui/format';
import { Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, fileIn, go, load, type PageHouse, signedIn, text } from '#web/context';
import { HeadPreview } from './branding-preview.tsx';
import { brandingTexts } from './branding-texts.ts';

export const loader = load(async (house) => {
  const { tenant } = signedIn(house);
  const { tenants } = house.rooms;
  const [branding, { name }] = await Promise.all([
    tenants.currentBranding(house.ctx.platform, tenant),
    tenants.get(house.ctx, tenant),
  ]);
  return { legalName: name, branding, limits: tenants.crestLimits };
});

export const action = act(async (house, { request, form }) => {
  const { tenant } = signedIn(house);
  const { tenants } = house.rooms;
  const isUpload = request.headers.get('Content-Type')?.startsWith('multipart/') ?? false;
  if (isUpload) await tenants.setBranding(house.ctx, { tenant, crest: await readPicture(house) });
  else if (text(form, '_form') === 'noCrest') await tenants.setBranding(house.ctx, { tenant, crest: null });
  else await tenants.setBranding(house.ctx, { tenant, ...readLook(form) });
  return go(house, '/verwaltung/erscheinungsbild', { text: brandingTexts[house.ctx.locale].saved });
});

function readLook(form: FormData) {
  const orNothing = (value: string) => (value === '' ? null : value);
  return { name: orNothing(text(form, 'name')), colour: orNothing(text(form, 'colour')) };
}

/** The verb says what is wrong with one that is too large, and with none. */
const readPicture = async (house: PageHouse) => (await fileIn(house, house.rooms.tenants.crestLimits.bytes)) ?? new Uint8Array();

export default function BrandingPage() {
  const { branding, legalName, limits } = useLoaderData<typeof loader>();
  const { locale } = useView();
  const labels = useWords(brandingTexts);
  const hint = labels.crestHint
    .replace('{least}', String(limits.leastPixels))
    .replace('{most}', String(limits.mostPixels))
    .replace('{bytes}', formatBytes(locale, limits.bytes));
  return (
    <Page title={labels.title} lead={labels.lead}>
      <Section title={labels.nameAndColour}>
        <Form name="look" labels={labels}>
          <TextField
            name="name"
            label={labels.name}
            hint={labels.nameHint}
            value={branding.name !== legalName ? branding.name : ''}
            maxLength={200}
            isOptional
          />
          <ColourField
            name="colour"
            label={labels.colour}
            hint={labels.colourHint}
            value={branding.colours?.light ?? ''}
            pickLabel={labels.colourPick}
            preview={
              <HeadPreview label={labels.preview} name={branding.name} crest={branding.crest} places={labels.previewPlaces} />
            }
          />
          <Buttons>
            <Button kind="primary">{labels.save}</Button>
          </Buttons>
        </Form>
      </Section>
      <Section title={labels.crest}>
        {branding.crest && (
          <div className="toolbar">
            <img className="crest" src={branding.crest} alt={labels.crestNow} height="72" />
            <Form name="noCrest" isInline>
              <Button icon="trash" isSmall>
                {labels.crestRemove}
              </Button>
            </Form>
          </div>
        )}
        <Form isUpload labels={labels}>
          <FileField name="crest" label={labels.crestChoose} hint={hint} accept="image/png" />
          <Buttons>
            <Button icon="upload">{labels.crestSave}</Button>
          </Buttons>
        </Form>
      </Section>
    </Page>
  );
}
