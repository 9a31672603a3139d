import { TextLink } from '#ui/button';
import { weekdayInWords } from '#ui/format';
import { type Fact, Facts } from '#ui/page';
import { useView, useWords } from '#ui/view';
import type { AuthorityView } from '../public-service.ts';
import type { AuthorityContent, Unit } from '../rules-content.ts';
import { portalTexts, put } from './portal-texts.ts';

type ContactProps = { readonly content: AuthorityContent; readonly unit: Unit | null };

/** How to reach an authority; of a unit its own number and room. */
export function Contact({ content, unit }: ContactProps) {
  const labels = useWords(portalTexts);
  const { street, postcode, town, web } = content;
  const [phone, mail] = [unit?.phone || content.phone, unit?.mail || content.mail];
  const place = [street, [postcode, town].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  const facts: (Fact | null)[] = [
    place ? [labels.address, unit?.room ? `${place}, ${labels.room} ${unit.room}` : place] : null,
    phone
      ? [
          labels.phone,
          <a key="phone" href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>
            {phone}
          </a>,
        ]
      : null,
    mail
      ? [
          labels.mail,
          <a key="mail" href={`mailto:${encodeURI(mail)}`}>
            {mail}
          </a>,
        ]
      : null,
    web
      ? [
          labels.web,
          <TextLink key="web" to={web} isExternal>
            {web}
          </TextLink>,
        ]
      : null,
  ];
  const known = facts.filter((fact) => fact !== null);
  return known.length > 0 ? <Facts facts={known} /> : null;
}

/** Minutes after midnight as people say them: 9, 9.30. */
export const clock = (minutes: number, locale: 'de' | 'en'): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const sign = locale === 'de' ? '.' : ':';
  return rest === 0 && locale === 'de' ? String(hours) : `${hours}${sign}${String(rest).padStart(2, '0')}`;
};

/** Whether it is open, in one sentence. */
export function OpenNow({ opening }: { readonly opening: AuthorityView['opening'] }) {
  const labels = useWords(portalTexts);
  const { locale } = useView();
  if (!opening) return <p>{labels.noHours}</p>;
  const { isOpen, until, next } = opening;
  if (isOpen) return <p>{put(labels.openNow, { until: clock(until ?? 0, locale) })}</p>;
  if (!next) return <p>{labels.closedLong}</p>;
  return <p>{put(labels.closedNow, { next: `${weekdayInWords(locale, next.iso)}, ${clock(next.from, locale)}` })}</p>;
}
