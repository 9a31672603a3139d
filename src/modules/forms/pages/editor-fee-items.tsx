import { Button, LinkButton } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import type { FeeView } from '../edit-sum.ts';
import { addressOf, bothLabels, InBoth } from './editor-parts.tsx';
import { NoTrial, SumLines } from './editor-sum-parts.tsx';
import { sumTexts } from './editor-sum-texts.ts';
import { editorTexts } from './editor-texts.ts';
import { put } from './form-texts.ts';

/** A fee of several parts: each with its amount, when it is due, and what it comes to; and when nothing is owed at all. */
export function FeeItems({ shown, isOpen }: { readonly shown: FeeView; readonly isOpen: boolean }) {
  const sums = useWords(sumTexts);
  const labels = useWords(editorTexts);
  const { view, items, total } = shown;
  const { locale } = useView();
  return (
    <>
      <Section title={sums.items} lead={sums.itemsLead}>
        {items.length === 0 ? (
          <p className="muted">{sums.noItems}</p>
        ) : (
          <SumLines form={view.key} edition={view.edition} base="/gebuehr/posten" lines={items} isOpen={isOpen} />
        )}
      </Section>
      {isOpen && (
        <Section title={sums.addItem}>
          <Form name="addItem" labels={bothLabels(labels, { label: sums.itemName })}>
            <Hidden name="edition" value={view.edition} />
            <InBoth name="label" label={sums.itemName} value={undefined} hint={sums.itemHint} />
            <Button kind="primary">{sums.addItem}</Button>
          </Form>
        </Section>
      )}
      {items.length > 0 && (
        <>
          <Free shown={shown} isOpen={isOpen} />
          <Section title={sums.exampleTitle}>
            {total ? (
              <p className="worked">
                {sums.again}: {total[locale]}
              </p>
            ) : (
              <NoTrial form={view.key} />
            )}
          </Section>
        </>
      )}
    </>
  );
}

function Free({ shown: { view, free }, isOpen }: { readonly shown: FeeView; readonly isOpen: boolean }) {
  const sums = useWords(sumTexts);
  const { locale } = useView();
  return (
    <Section title={sums.free}>
      <p>{free ? put(sums.freeIf, { condition: free[locale] }) : sums.freeNever}</p>
      {isOpen && <LinkButton to={addressOf(view.key, '/gebuehr/frei')}>{sums.freeEdit}</LinkButton>}
    </Section>
  );
}
