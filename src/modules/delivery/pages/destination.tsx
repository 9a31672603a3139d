import { useLoaderData } from 'react-router';
import { Button, Buttons } from '#ui/button';
import { Checkbox } from '#ui/choice';
import { Select, TextArea, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { AccessFields, accessIn } from './access-fields.tsx';
import { setupTexts } from './setup-texts.ts';

const fresh = 'neu';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const { destinations, forms } = await house.rooms.delivery.listDestinations(house.ctx);
  const known = destinations.find(({ form }) => form === params.form) ?? null;
  if (!known && params.form !== fresh) throw house.missing();
  const free = forms.filter(({ key }) => !destinations.some(({ form }) => form === key));
  return { known, free };
});

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const { delivery } = house.rooms;
  const labels = setupTexts[house.ctx.locale];
  const key = params.form === fresh ? text(form, 'form') : (params.form ?? '');
  const here = `/verwaltung/zustellung/ziel/${key}`;
  if (text(form, '_form') === 'check') {
    await delivery.checkDestination(house.ctx, key);
    return go(house, here, { text: labels.checked });
  }
  await delivery.setDestination(house.ctx, {
    form: key,
    title: text(form, 'title'),
    ...accessIn((name) => text(form, name)),
    service: text(form, 'service'),
    encryptionKey: text(form, 'encryptionKey'),
    eventKey: text(form, 'eventKey'),
    isActive: text(form, 'isActive') === 'yes',
  });
  return go(house, here, { text: labels.saved });
});

/** Where the applications of one form go. */
export default function DestinationPage() {
  const { known } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  const above = [{ to: '/verwaltung/zustellung', label: labels.title }];
  return (
    <Page title={known ? known.formTitle : labels.add} above={above}>
      <Form name="destination" labels={{ ...labels, title: labels.system }}>
        <Target />
        <Keys />
        <Checkbox name="isActive" label={labels.isActive} isChecked={known?.isActive ?? true} />
        <Buttons>
          <Button kind="primary">{labels.save}</Button>
        </Buttons>
      </Form>
      {known && (
        <Form name="check">
          <Button icon="repeat">{labels.check}</Button>
        </Form>
      )}
    </Page>
  );
}

function Target() {
  const { known, free } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  return (
    <>
      {known ? (
        <Hidden name="form" value={known.form} />
      ) : (
        <Select name="form" label={labels.form} options={free.map(({ key, title }) => ({ value: key, label: title }))} />
      )}
      <TextField name="title" label={labels.system} hint={labels.systemHint} value={known?.title ?? ''} maxLength={100} />
      <AccessFields known={known} />
      <TextField
        name="service"
        label={labels.service}
        hint={labels.serviceHint}
        value={known?.service ?? ''}
        maxLength={255}
        isOptional
      />
    </>
  );
}

function Keys() {
  const { known } = useLoaderData<typeof loader>();
  const labels = useWords(setupTexts);
  return (
    <>
      <TextArea
        name="encryptionKey"
        label={labels.encryptionKey}
        hint={labels.keyHint}
        value={known?.encryptionKey ?? ''}
        rows={5}
      />
      <TextArea name="eventKey" label={labels.eventKey} hint={labels.keyHint} value={known?.eventKey ?? ''} rows={5} />
    </>
  );
}
