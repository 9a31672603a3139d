import { Button } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { useWords } from '#ui/view';
import { portalTexts } from './portal-texts.ts';
import './finder.css';

type WishProps = { readonly q?: string; readonly place?: string };

/** The one search: what somebody wants, and where. Sent by the browser as an address that can be kept and passed on. */
export function Wish({ q = '', place = '' }: WishProps) {
  const labels = useWords(portalTexts);
  return (
    <Form isSearch action="/suche" label={labels.title}>
      <div className="wish">
        <TextField name="q" type="search" label={labels.wish} hint={labels.wishHint} value={q} maxLength={200} />
        <TextField name="ort" label={labels.place} hint={labels.placeHint} value={place} maxLength={100} />
        <Button kind="primary" icon="search">
          {labels.find}
        </Button>
      </div>
    </Form>
  );
}
