import { weekdayInWords } from '#ui/format';
import { Facts, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import type { AuthorityView, OpeningDay } from '../public-service.ts';
import type { Unit } from '../rules-content.ts';
import { Contact, clock, OpenNow } from './contact.tsx';
import { portalTexts, put } from './portal-texts.ts';

/** What citizens read about an authority, below its name. */
export function AuthorityText({ authority: { content, opening } }: { readonly authority: AuthorityView }) {
  const labels = useWords(portalTexts);
  return (
    <>
      <Contact content={content} unit={null} />
      <Section title={labels.hours}>
        <OpenNow opening={opening} />
        {opening && <Week days={opening.days} />}
      </Section>
      <Items title={labels.accessibility} items={content.accessibility} />
      <Items title={labels.languages} items={content.languages} />
      {content.units.length > 0 && (
        <Section title={labels.units}>
          {content.units.map((unit) => (
            <UnitPart key={unit.name} unit={unit} />
          ))}
        </Section>
      )}
    </>
  );
}

function Week({ days }: { readonly days: readonly OpeningDay[] }) {
  const labels = useWords(portalTexts);
  const { locale } = useView();
  const said = ({ spans }: OpeningDay) =>
    spans.length === 0
      ? labels.closed
      : spans.map(({ from, to }) => put(labels.clock, { from: clock(from, locale), to: clock(to, locale) })).join(', ');
  return <Facts facts={days.map((day) => [weekdayInWords(locale, day.iso), said(day)] as const)} />;
}

function Items({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <Section title={title}>
      <ul className="bullets">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </Section>
  );
}

function UnitPart({ unit }: { readonly unit: Unit }) {
  const labels = useWords(portalTexts);
  const facts = [
    [labels.phone, unit.phone],
    [labels.mail, unit.mail],
    [labels.room, unit.room],
  ] as const;
  return (
    <div>
      <h3>{unit.name}</h3>
      <Facts facts={facts.filter(([, value]) => value !== '')} />
    </div>
  );
}
