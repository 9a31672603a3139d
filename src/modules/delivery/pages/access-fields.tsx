import { TextField } from '#ui/field';
import { useWords } from '#ui/view';
import { setupTexts } from './setup-texts.ts';

export type AccessProps = {
  /** What is stored; null: nothing yet. Its secret is never shown. */
  readonly known: Readonly<Record<'address' | 'tokenAddress' | 'destination' | 'client', string>> | null;
};

/** How an authority is known to a delivery service elsewhere. */
export function AccessFields({ known }: AccessProps) {
  const labels = useWords(setupTexts);
  return (
    <>
      <TextField
        name="address"
        type="url"
        label={labels.address}
        hint={labels.addressHint}
        value={known?.address ?? ''}
        maxLength={500}
      />
      <TextField
        name="tokenAddress"
        type="url"
        label={labels.tokenAddress}
        hint={labels.tokenHint}
        value={known?.tokenAddress ?? ''}
        maxLength={500}
        isOptional
      />
      <TextField name="destination" label={labels.destination} value={known?.destination ?? ''} maxLength={36} />
      <TextField name="client" label={labels.client} value={known?.client ?? ''} maxLength={100} />
      <TextField
        name="secret"
        type="password"
        autoComplete="off"
        label={labels.secret}
        hint={known ? labels.secretKept : labels.secretHint}
        isOptional={known !== null}
        maxLength={500}
      />
    </>
  );
}

type Get = (name: keyof NonNullable<AccessProps['known']> | 'secret') => string;

/** The same as it was sent. */
export const accessIn = (get: Get) => ({
  address: get('address'),
  tokenAddress: get('tokenAddress'),
  destination: get('destination'),
  client: get('client'),
  secret: get('secret'),
});
