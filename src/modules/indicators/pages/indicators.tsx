import { useLoaderData } from 'react-router';
import { Button, Buttons, LinkButton } from '#ui/button';
import { BarChart } from '#ui/chart';
import { Select } from '#ui/field';
import { Form } from '#ui/form';
import { formatNumber, monthInWords } from '#ui/format';
import { Icon } from '#ui/icon';
import { Empty, Page, Section } from '#ui/page';
import { type Column, Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import type { Named } from '../look.ts';
import type { Line, Measure, Shown } from '../rules.ts';
import { indicatorTexts, measureTexts } from './indicator-texts.ts';

export const loader = load(async (house, { request }) => {
  const { roles } = signedIn(house);
  const { searchParams } = new URL(request.url);
  const found = await house.rooms.indicators.getIndicators(house.ctx, {
    month: searchParams.get('zeitraum'),
    service: searchParams.get('leistung'),
    source: Number(searchParams.get('stelle')) || null,
  });
  const readsRemarks = roles.some((role) => role === 'editor' || role === 'tenantAdministrator');
  return { found, readsRemarks };
});

/** Which numbers stand in which table. */
const use = ['looked', 'visited', 'started', 'submitted', 'paid', 'decided'] as const satisfies readonly Measure[];
const quality = ['corrected', 'askedBack', 'withdrawn', 'payFailed', 'rated'] as const satisfies readonly Measure[];
const derived = ['completion', 'days', 'satisfaction'] as const;

/** How the service is used and how well it works, as tables; the chart repeats one of them. */
export default function IndicatorsPage() {
  const { found, readsRemarks } = useLoaderData<typeof loader>();
  const labels = useWords(indicatorTexts);
  const actions = readsRemarks && <LinkButton to="/kennzahlen/rueckmeldungen">{labels.remarks}</LinkButton>;
  return (
    <Page title={labels.title} lead={labels.lead} width="wide" actions={actions}>
      <Choose />
      {found.services.length === 0 ? (
        <Empty icon="chart" title={labels.none}>
          <p>{labels.noneHint}</p>
        </Empty>
      ) : (
        <Numbers />
      )}
      <p className="muted">
        {labels.about} {labels.source}
      </p>
    </Page>
  );
}

function useMonth() {
  const { locale } = useView();
  return (month: string, form: 'long' | 'short' = 'long') => monthInWords(locale, month, form);
}

function Choose() {
  const { found } = useLoaderData<typeof loader>();
  const labels = useWords(indicatorTexts);
  const monthName = useMonth();
  const { months, services, service, authorities, source } = found;
  const known = service === null || services.some(({ key }) => key === service);
  return (
    <Form isSearch isInline label={labels.show}>
      <Select
        name="zeitraum"
        label={labels.period}
        value={found.month ?? ''}
        options={[
          { value: '', label: labels.year },
          ...months.toReversed().map((month) => ({ value: month, label: monthName(month) })),
        ]}
      />
      <Select
        name="leistung"
        label={labels.service}
        value={known ? (service ?? '') : ''}
        options={[{ value: '', label: labels.allServices }, ...services.map(({ key, name }) => ({ value: key, label: name }))]}
      />
      {authorities.length > 0 && (
        <Select
          name="stelle"
          label={labels.authority}
          value={source === null ? '' : String(source)}
          options={[
            { value: '', label: labels.allAuthorities },
            ...authorities.map(({ key, name }) => ({ value: String(key), label: name })),
          ]}
        />
      )}
      <Button>{labels.show}</Button>
    </Form>
  );
}

function Numbers() {
  const { found } = useLoaderData<typeof loader>();
  const labels = useWords(indicatorTexts);
  const monthName = useMonth();
  const { services, all, byMonth, authorities } = found;
  const rows = services.length > 1 ? [...services, { key: '', name: labels.all, ...all }] : services;
  return (
    <>
      <Lines caption={labels.use} head={labels.service} rows={rows} measures={use} extra={['completion']} />
      <Lines caption={labels.quality} head={labels.service} rows={rows} measures={quality} extra={['satisfaction', 'days']} />
      {authorities.length > 0 && (
        <Lines
          caption={labels.byAuthority}
          head={labels.authority}
          rows={authorities}
          measures={['looked', 'visited', 'submitted', 'paid', 'decided']}
          extra={['completion', 'satisfaction', 'days']}
        />
      )}
      {byMonth.length > 1 && (
        <Section title={labels.byMonth}>
          <Charts />
          <Lines
            caption={labels.byMonth}
            head={labels.month}
            rows={byMonth.map((line) => ({ ...line, name: monthName(line.key) }))}
            measures={['looked', 'visited', 'started', 'submitted']}
            extra={['completion', 'satisfaction', 'days']}
            isSilent
          />
        </Section>
      )}
      <Downloads />
    </>
  );
}

/** How tall a bar of few people is: in the middle of what it may be. */
const drawn = (value: Shown): number => (value === 'few' ? 2.5 : value);

/** Visits and applications apart: beside the one, the other would not be seen. */
function Charts() {
  const { found } = useLoaderData<typeof loader>();
  const labels = useWords(indicatorTexts);
  const measures = useWords(measureTexts);
  const monthName = useMonth();
  const barsOf = (shown: readonly Measure[]) =>
    found.byMonth.map(({ key, counts }) => ({
      label: monthName(key, 'short'),
      values: shown.map((measure) => drawn(counts[measure])),
    }));
  return [
    { title: labels.chartVisits, shown: ['looked', 'visited'] as const },
    { title: labels.chart, shown: ['started', 'submitted'] as const },
  ].map(({ title, shown }) => (
    <BarChart
      key={title}
      title={title}
      description={labels.chartHint}
      series={shown.map((measure) => measures[measure])}
      bars={barsOf(shown)}
    />
  ));
}

type Extra = (typeof derived)[number];
type LinesProps = {
  readonly caption: string;
  readonly head: string;
  readonly rows: readonly Named<string | number>[];
  readonly measures: readonly Measure[];
  readonly extra: readonly Extra[];
  /** The heading above says the same. */
  readonly isSilent?: boolean;
};

function Lines({ caption, head, rows, measures, extra, isSilent }: LinesProps) {
  const labels = useWords(indicatorTexts);
  const names = useWords(measureTexts);
  const { locale } = useView();
  const said = (value: Shown | null) => (value === null ? '–' : value === 'few' ? labels.few : formatNumber(locale, value));
  const column = (key: string, label: string, value: (line: Line) => Shown | null): Column<Named<string | number>> => ({
    key,
    label,
    kind: 'number',
    cell: (row) => said(value(row)),
  });
  const columns: readonly Column<Named<string | number>>[] = [
    { key: 'name', label: head, kind: 'name', cell: ({ name }) => name },
    ...measures.map((measure) => column(measure, names[measure], ({ counts }) => counts[measure])),
    ...extra.map((name) => column(name, labels[name], (line) => line[name])),
  ];
  return <Table caption={caption} showsCaption={!isSilent} rows={rows} keyOf={({ key }) => key} columns={columns} />;
}

function Downloads() {
  const { found } = useLoaderData<typeof loader>();
  const labels = useWords(indicatorTexts);
  const { month, service, source } = found;
  const query = new URLSearchParams({
    ...(month && { zeitraum: month }),
    ...(service && { leistung: service }),
    ...(source !== null && { stelle: String(source) }),
  });
  return (
    <Section title={labels.downloads}>
      <Buttons>
        {(['csv', 'json'] as const).map((format) => (
          <a key={format} className="kern-btn kern-btn--secondary" href={`/kennzahlen/kennzahlen.${format}?${query}`} download>
            <Icon name="download" />
            <span className="kern-label">{labels[format]}</span>
          </a>
        ))}
      </Buttons>
    </Section>
  );
}
