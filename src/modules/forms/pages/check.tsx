import { redirect, useActionData, useLoaderData, useParams } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, LinkButton, TextLink } from '#ui/button';
import { Checkbox } from '#ui/choice';
import { Form, Hidden } from '#ui/form';
import { Facts, Page, Section } from '#ui/page';
import { isRefusal, RefusalSummary } from '#ui/refusal';
import { useView, useWords } from '#ui/view';
import { act, load, text } from '#web/context';
import type { Fee } from '../rules-flow.ts';
import type { SummarySection } from '../rules-summary.ts';
import type { CheckView } from '../submit.ts';
import { correctTexts } from './applicant-texts.ts';
import { formTexts, put } from './form-texts.ts';
import { About, FileNames, Served, shownBy, Trap, useEuros } from './parts.tsx';
import { proofTexts } from './proof-texts.ts';
import './forms.css';

export const loader = load(async (house, { params }) => {
  const { form = '', token = '' } = params;
  const view = await house.rooms.forms.lookAtCheck(house.ctx, token);
  if ('goTo' in view)
    throw redirect(view.goTo === 'status' ? `/antrag/status/${token}` : `/antrag/${form}/${token}/${view.goTo}`);
  return { view, ...(await shownBy(house, token)) };
});

export const action = act(async (house, { form, params }) => {
  const { forms } = house.rooms;
  const { token = '' } = params;
  const cents = text(form, 'cents');
  const input = {
    edition: Number(text(form, 'edition')) || 0,
    cents: cents === '' ? null : Number(cents),
    isDeclared: text(form, 'declared') === 'yes',
    trap: text(form, 'website'),
  };
  if (text(form, '_form') === 'correct') {
    const { asSupplement, linkEnded } = await forms.sendCorrection(house.ctx, token, input);
    const corrected = linkEnded ? 'adresse' : 'berichtigt';
    const news = asSupplement === null ? corrected : asSupplement === 'fee' ? 'gebuehr' : 'ergaenzt';
    return redirect(`/antrag/status/${token}?${news}`);
  }
  await forms.submitDraft(house.ctx, token, input);
  // Also where a fee is due: first the way back, then the payment.
  return redirect(`/antrag/status/${token}`);
});

/** The form stands far below: what was refused is told at the top, and leads there. */
const sending = 'send';

/** Everything once more, what it costs, and the declaration. */
export default function CheckPage() {
  const { view } = useLoaderData<typeof loader>();
  const { form, token } = useParams();
  const labels = useWords(formTexts);
  const corrected = useWords(correctTexts);
  const { locale } = useView();
  const base = `/antrag/${form}/${token}`;
  const isCorrection = view.changes !== null;
  const answer = useActionData();
  return (
    <Page title={isCorrection ? corrected.title : labels.check} isWrong={isRefusal(answer)}>
      {isRefusal(answer) && <RefusalSummary refusal={answer} form={sending} answer={answer} />}
      <Served name={view.served} />
      <p className="progress">
        {view.title[locale]}
        {!isCorrection && ` · ${put(labels.step, { index: view.steps, count: view.steps })}`}
      </p>
      {view.last && (
        <p>
          <TextLink to={isCorrection ? `/antrag/status/${token}` : `${base}/${view.last}`}>{labels.back}</TextLink>
        </p>
      )}
      {view.changes && <Changes changes={view.changes} />}
      {view.changesFee && <Alert tone="warning">{corrected.changesFee}</Alert>}
      {view.sections.map((section) => (
        <Review key={`${section.page} ${section.item}`} section={section} base={base} />
      ))}
      <FeePart fee={view.fee} />
      {view.files.length > 0 && (
        <Alert title={labels.scanning}>
          <FileNames files={view.files} />
        </Alert>
      )}
      <ProofPart proof={view.proof} base={base} />
      {view.proof.isMet && <Send />}
      {!isCorrection && <About {...view} base={base} />}
    </Page>
  );
}

/** Who applies: how surely that has to be known and is, or the way to show it. Most forms ask for nothing. */
function ProofPart({ proof, base }: { readonly proof: CheckView['proof']; readonly base: string }) {
  const labels = useWords(proofTexts);
  const { locale } = useView();
  if (proof.level === 'none') return null;
  return (
    <Section title={labels.section}>
      <p>{proof.law[locale]}</p>
      {proof.inWords ? (
        <Alert tone="success" title={proof.inWords[locale]} />
      ) : (
        <>
          <p>{labels.needed}</p>
          <LinkButton kind="primary" to={`${base}/ausweisen`}>
            {labels.onward}
          </LinkButton>
        </>
      )}
    </Section>
  );
}

/** The declaration and the one button. */
function Send() {
  const { view } = useLoaderData<typeof loader>();
  const labels = useWords(formTexts);
  const corrected = useWords(correctTexts);
  const { locale } = useView();
  const cents = view.fee?.kind === 'sum' ? view.fee.cents : '';
  const plain = cents === '' ? ([labels.sendHint, labels.send] as const) : ([labels.payHint, labels.sendPay] as const);
  const [hint, send] = view.changes ? ([corrected.sendHint, corrected.send] as const) : plain;
  return (
    <Section title={labels.declaration}>
      <p className="prose">{view.declaration[locale]}</p>
      <Form name={view.changes ? 'correct' : 'send'} id={sending} tellsElsewhere>
        <Hidden name="edition" value={view.edition} />
        <Hidden name="cents" value={cents} />
        <Checkbox name="declared" label={labels.declared} />
        <Trap />
        <p className="muted">{hint}</p>
        <Button kind="primary">{send}</Button>
      </Form>
    </Section>
  );
}

/** What a correction changes, before it is sent. */
function Changes({ changes }: { readonly changes: NonNullable<CheckView['changes']> }) {
  const labels = useWords(correctTexts);
  return (
    <Section title={labels.changes}>
      {changes.length === 0 ? (
        <p>{labels.none}</p>
      ) : (
        <ul className="bullets">
          {changes.map(({ label, from, to }) => (
            <li key={label}>
              {label}: <del>{from || labels.empty}</del> → <ins>{to || labels.empty}</ins>
            </li>
          ))}
        </ul>
      )}
    </Section>
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
