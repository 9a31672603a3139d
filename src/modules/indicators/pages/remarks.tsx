import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { Empty, Page } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { indicatorTexts } from './indicator-texts.ts';
import './indicators.css';

export const loader = load(async (house) => {
  signedIn(house);
  return { remarks: await house.rooms.indicators.listRemarks(house.ctx) };
});

export const action = act(async (house, { form }) => {
  signedIn(house);
  await house.rooms.indicators.removeRemark(house.ctx, Number(text(form, 'remark')) || 0);
  return go(house, '/kennzahlen/rueckmeldungen', { text: indicatorTexts[house.ctx.locale].removed });
});

/** What people wrote, apart from every number. */
export default function Remarks() {
  const { remarks } = useLoaderData<typeof loader>();
  const labels = useWords(indicatorTexts);
  return (
    <Page title={labels.remarks} lead={labels.remarksLead} width="wide" above={[{ to: '/kennzahlen', label: labels.title }]}>
      {remarks.length === 0 ? (
        <Empty icon="list" title={labels.noRemarks}>
          <p>{labels.noRemarksHint}</p>
        </Empty>
      ) : (
        <Table
          caption={labels.remarks}
          rows={remarks}
          keyOf={({ id }) => id}
          columns={[
            { key: 'text', label: labels.text, kind: 'name', cell: ({ text: said }) => <span className="remark">{said}</span> },
            { key: 'service', label: labels.service, cell: ({ name }) => name },
            { key: 'month', label: labels.month, cell: ({ month }) => month },
            {
              key: 'do',
              label: labels.todo,
              kind: 'actions',
              cell: ({ id, text: said }) => (
                <Form name={`remove-${id}`} isInline>
                  <Hidden name="remark" value={id} />
                  <Button isSmall about={said.slice(0, 40)}>
                    {labels.remove}
                  </Button>
                </Form>
              ),
            },
          ]}
        />
      )}
    </Page>
  );
}
