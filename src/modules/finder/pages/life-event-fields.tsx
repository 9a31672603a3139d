import { Section } from '#ui/page';
import { useWords } from '#ui/view';
import { editorTexts } from './editor-texts.ts';
import { Choice, Line, Text, type Values } from './field-parts.tsx';
import { situationIconTexts } from './field-texts.ts';

/** The fields of a situation in life. */
export function LifeEventFields({ values }: { readonly values: Values }) {
  const labels = useWords(editorTexts);
  return (
    <>
      <Section title={labels.german}>
        <div className="form">
          <Line name="title" values={values} isRequired />
          <Text name="text" values={values} rows={2} />
          <Text name="plain" values={values} />
        </div>
      </Section>
      <Section title={labels.english}>
        <div className="form">
          <Line name="titleEn" values={values} isRequired />
          <Text name="textEn" values={values} rows={2} />
        </div>
      </Section>
      <Section title={labels.filing}>
        <div className="form">
          <Choice name="icon" values={values} names={useWords(situationIconTexts)} />
          <Line name="order" values={values} isRequired />
          <Text name="services" values={values} rows={8} />
        </div>
      </Section>
    </>
  );
}
