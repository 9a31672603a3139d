import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

type Labels = Readonly<Record<string, string>>;

/** What an operator can watch. One process's figures; `/metrics` shows the sum over all processes of the machine. */
export type Metrics = {
  /** Adds to a counter. */
  count(name: CounterName, labels: Labels, by?: number): void;
  /** Records how long something took. */
  observe(name: HistogramName, labels: Labels, seconds: number): void;
  /** The figures as OpenMetrics text. */
  text(): Promise<string>;
  readonly registry: Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>;
};

const counters = {
  bytes_received_total: { help: 'Bytes of files received', labels: [] },
  bytes_hashed_again_total: { help: 'Bytes of large uploads that had to be read again for their hash', labels: [] },
  bytes_sent_total: { help: 'Bytes of files sent', labels: [] },
  damaged_blobs_total: { help: 'Blobs found damaged; must stay 0, alarm on any increase', labels: [] },
  anonymous_uploads_refused_total: {
    help: 'Files of people without an account that were refused because a municipality had no room for more',
    labels: [],
  },
  anonymous_drafts_refused_total: {
    help: 'Applications of people without an account that were not begun because a municipality had too many unfinished ones',
    labels: [],
  },
  scans_total: { help: 'Contents looked at by the malware scanner, by outcome', labels: ['outcome'] },
  payment_steps_total: { help: 'Steps payments have taken, by step', labels: ['step'] },
  turned_back_total: { help: 'Requests told to come back later because too many were under way', labels: ['kind'] },
  identity_answers_total: { help: 'Answers of the state identity, by outcome', labels: ['outcome'] },
  sign_in_total: { help: 'Sign-ins by outcome', labels: ['outcome'] },
} as const;

const histograms = {
  request_seconds: { help: 'Duration of requests', labels: ['method', 'status'] },
  job_seconds: { help: 'Duration of jobs', labels: ['job', 'outcome'] },
} as const;

export type CounterName = keyof typeof counters;
export type HistogramName = keyof typeof histograms;

/** Content type of the text, as the OpenMetrics specification names it. */
export const metricsContentType = Registry.OPENMETRICS_CONTENT_TYPE;

/** Opens the figures of this process. */
export function openMetrics(): Metrics {
  const registry = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  collectDefaultMetrics({ register: registry });
  new Gauge({ name: 'rennsteig_workers', help: 'Processes that serve', registers: [registry] }).set(1);
  const counterOf = new Map(
    Object.entries(counters).map(([name, { help, labels }]) => [
      name,
      new Counter({ name: `rennsteig_${name.replace(/_total$/, '')}`, help, labelNames: [...labels], registers: [registry] }),
    ]),
  );
  const histogramOf = new Map(
    Object.entries(histograms).map(([name, { help, labels }]) => [
      name,
      new Histogram({
        name: `rennsteig_${name}`,
        help,
        labelNames: [...labels],
        buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
        registers: [registry],
      }),
    ]),
  );
  return {
    count: (name, labels, by = 1) => counterOf.get(name)?.inc(labels, by),
    observe: (name, labels, seconds) => histogramOf.get(name)?.observe(labels, seconds),
    text: () => registry.metrics(),
    registry,
  };
}

/** Adds up the figures of several processes. */
export async function sumMetrics(snapshots: readonly object[][]): Promise<string> {
  const sum = AggregatorRegistry.aggregate(snapshots as never);
  sum.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return sum.metrics();
}
