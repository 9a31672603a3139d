import { useLoaderData } from 'react-router';
import { Button, Buttons } from '#ui/button';
import { FileField } from '#ui/field';
import { Form } from '#ui/form';
import { formatBytes } from '#ui/format';
import { Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, fileIn, go, load, signedIn } from '#web/context';
import { pictureTexts } from './picture-texts.ts';
import { put } from './sign-in-texts.ts';

const here = '/konto/bild';

export const loader = load(async (house) => {
  const { handle } = signedIn(house);
  const { accounts } = house.rooms;
  const { isOwn, etag } = await accounts.avatarOf(house.ctx, handle, accounts.pictureLimits.shownPixels);
  return { isOwn, address: `${here}/ansicht?stand=${etag}`, mostBytes: accounts.pictureLimits.bytes };
});

export const action = act(async (house, { request }) => {
  signedIn(house);
  const { accounts } = house.rooms;
  const labels = pictureTexts[house.ctx.locale];
  if (!request.headers.get('Content-Type')?.startsWith('multipart/')) {
    await accounts.removePicture(house.ctx);
    return go(house, here, { text: labels.removed });
  }
  const sent = await fileIn(house, accounts.pictureLimits.bytes);
  await accounts.setPicture(house.ctx, sent ?? new Uint8Array());
  return go(house, here, { text: labels.saved });
});

export default function Picture() {
  const { isOwn, address, mostBytes } = useLoaderData<typeof loader>();
  const { locale } = useView();
  const labels = useWords(pictureTexts);
  return (
    <Page title={labels.title} lead={labels.lead}>
      <div className="toolbar">
        <img src={address} alt={labels.now} width="128" height="128" />
        {isOwn && (
          <Form name="remove" isInline>
            <Button icon="trash" isSmall>
              {labels.remove}
            </Button>
          </Form>
        )}
      </div>
      <Form isUpload labels={{ picture: labels.choose }}>
        <FileField
          name="picture"
          label={labels.choose}
          hint={put(labels.hint, { bytes: formatBytes(locale, mostBytes) })}
          accept="image/png,image/jpeg,image/webp,image/gif,image/bmp"
        />
        <Buttons>
          <Button kind="primary" icon="upload">
            {labels.save}
          </Button>
        </Buttons>
      </Form>
    </Page>
  );
}
