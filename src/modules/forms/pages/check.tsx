import { redirect, useLoaderData, useParams } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, TextLink } from '#ui/button';
import { Checkbox } from '#ui/choice';
import { Form, Hidden } from '#ui/form';
import { Facts, Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, type PageHouse, text } from '#web/context';
import type { Fee } from '../rules-flow.ts';
import type { SummarySection } from '../rules-summary.ts';
import { formTexts } from './form-texts.ts';
import { About, shownBy, Trap, useEuros } from './parts.tsx';
import './forms.css';

export const loader = load(async (house, { params }) => {
  const { form = '', token = '' } = params;
  const view = await house.rooms.forms.lookAtCheck(house.ctx, token);
  if ('goTo' in view)
    throw redirect(view.goTo === 'status' ? `/antrag/status/${token}` : `/antrag/${form}/${token}/${view.goTo}`);
  return { view, ...(await shownBy(house, token)) };
});

/** So long the browser may know where the payment page leads back to; the link itself is the applicant's. */
const wayBackSeconds = 7_200;

const wayBack = ({ ctx }: PageHouse, token: string) =>
  `antrag=${token}; Path=/antrag; HttpOnly; SameSite=Lax; Max-Age=${wayBackSeconds}${ctx.platform.config.url.startsWith('https:') ? '; Secure' : ''}`;

export const action = act(async (house, { form, params }) => {
  const { token = '' } = params;
  const cents = text(form, 'cents');
  const { payment } = await house.rooms.forms.submitDraft(house.ctx, token, {
    ...{ edition: Number(text(form, 'edition')) || 0, cents: cents === '' ? null : Number(cents) },
    ...{ isDeclared: text(form, 'declared') === 'yes', trap: text(form, 'website') },
  });
  const headers = { 'Set-Cookie': wayBack(house, token) };
  return payment ? redirect(payment, { headers }) : redirect(`/antrag/status/${token}`);
});

/** Everything once more, what it costs, and the declaration. */
export default function CheckPage() {
  const { view } = useLoaderData<typeof loader>();
  const { form, token } = useParams();
  const labels = useWords(formTexts);
  const { locale } = useView();
  const base = `/antrag/${form}/${token}`;
  const cents = view.fee?.kind === 'sum' ? view.fee.cents : '';
  return (
    <Page title={labels.check}>
      <p className="progress">{view.title[locale]}</p>
      {view.last && (
        <p>
          <TextLink to={`${base}/${view.last}`}>{labels.back}</TextLink>
        </p>
      )}
      {view.sections.map((section) => (
        <Review key={`${section.page} ${section.item}`} section={section} base={base} />
      ))}
      <FeePart fee={view.fee} />
      {view.waiting.length > 0 && (
        <Alert title={labels.scanning}>
          <p>{view.waiting.join(', ')}</p>
        </Alert>
      )}
      <Section title={labels.declaration}>
        <p className="prose">{view.declaration[locale]}</p>
        <Form>
          <Hidden name="edition" value={view.edition} />
          <Hidden name="cents" value={cents} />
          <Checkbox name="declared" label={labels.declared} />
          <Trap />
          <p className="muted">{cents === '' ? labels.sendHint : labels.payHint}</p>
          <Button kind="primary">{cents === '' ? labels.send : labels.sendPay}</Button>
        </Form>
      </Section>
      <About office={view.office} keptUntil={view.keptUntil} base={base} />
    </Page>
  );
}

function Review({ section, base }: { readonly section: SummarySection; readonly base: string }) {
  const labels = useWords(formTexts);
  const { title, page, item, rows } = section;
  return (
    <section className="section review">
      <div className="review-head">
        <h2>{title}</h2>
        {page !== '' && (
          <TextLink to={`${base}/${page}?aendern${item > 0 ? `&nr=${item + 1}` : ''}`}>
            {labels.change}
            <span className="kern-sr-only">: {title}</span>
          </TextLink>
        )}
      </div>
      {rows.length > 0 ? <Facts facts={rows.map(({ label, value }) => [label, value] as const)} /> : <p>{labels.nothing}</p>}
    </section>
  );
}

function FeePart({ fee }: { readonly fee: Fee | null }) {
  const labels = useWords(formTexts);
  const { locale } = useView();
  const euros = useEuros();
  if (fee === null || fee.kind === 'none') return null;
  if (fee.kind === 'later') {
    return (
      <Section title={labels.fee}>
        <p>{fee.hint[locale]}</p>
      </Section>
    );
  }
  return (
    <Section title={labels.fee}>
      <table className="fee-table">
        <thead>
          <tr>
            <th scope="col">{labels.feeItem}</th>
            <th scope="col">{labels.feeAmount}</th>
          </tr>
        </thead>
        <tbody>
          {fee.lines.map(({ key, label, cents, source }) => (
            <tr key={key}>
              <td>
                {label[locale]} {source && <span className="muted">({source})</span>}
              </td>
              <td className="number">{euros(cents)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{labels.total}</th>
            <td className="number">{euros(fee.cents)}</td>
          </tr>
        </tfoot>
      </table>
    </Section>
  );
}
