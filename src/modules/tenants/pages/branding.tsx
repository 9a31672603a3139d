import { useLoaderData } from 'react-router';
import { Button, Buttons } from '#ui/button';
import { FileField, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { formatBytes } from '#ui/format';
import { Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, fileIn, go, load, type PageHouse, signedIn, text } from '#web/context';
import { brandingTexts } from './branding-texts.ts';

export const loader = load(async (house) => {
  const { tenant } = signedIn(house);
  const { tenants } = house.rooms;
  const [profile, { name }] = await Promise.all([tenants.profile(house.ctx.platform, tenant), tenants.get(house.ctx, tenant)]);
  return { legalName: name, branding: profile?.branding ?? null, limits: tenants.crestLimits };
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
  const colour = branding?.colours?.light;
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
            value={branding && branding.name !== legalName ? branding.name : ''}
            maxLength={200}
            isOptional
          />
          <TextField
            name="colour"
            label={labels.colour}
            hint={labels.colourHint}
            value={colour ?? ''}
            placeholder="#204aa8"
            maxLength={7}
            width="short"
            isOptional
          />
          {colour && <ColourSample labels={labels} />}
          <Buttons>
            <Button kind="primary">{labels.save}</Button>
          </Buttons>
        </Form>
      </Section>
      <Section title={labels.crest}>
        {branding?.crest && (
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

/** The colour at the two places where it is used: as a mark and behind white text. */
function ColourSample({ labels }: { readonly labels: (typeof brandingTexts)['de'] }) {
  return (
    <p className="colour-sample">
      <span className="colour-mark" aria-hidden="true" />
      {labels.colourSample}
    </p>
  );
}
