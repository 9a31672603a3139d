import { useId } from 'react';
import './chart.css';

type Bar = {
  readonly label: string;
  /** One number for each series. */
  readonly values: readonly number[];
};

type ChartProps = {
  /** What it shows, spoken instead of the picture; the numbers themselves stand in a table beside it. */
  readonly title: string;
  readonly description: string;
  /** Names of the series: one or two. */
  readonly series: readonly string[];
  readonly bars: readonly Bar[];
};

const [width, height, floor, ceiling, left] = [640, 220, 190, 14, 40];

/** The next round number above: 1, 2 or 5 with zeros. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? 10 * power;
}

/** Bars side by side, drawn on the server: no script, and nothing that is not in the table beside it. */
export function BarChart({ title, description, series, bars }: ChartProps) {
  const id = useId();
  const most = roundUp(Math.max(1, ...bars.flatMap(({ values }) => values)));
  const slot = (width - left) / Math.max(1, bars.length);
  const thick = Math.min(28, (slot * 0.7) / series.length);
  const top = (value: number) => floor - (value / most) * (floor - ceiling);
  return (
    <>
      <svg className="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${id}-t ${id}-d`}>
        <title id={`${id}-t`}>{title}</title>
        <desc id={`${id}-d`}>{description}</desc>
        {[0, most / 2, most].map((value) => (
          <g key={value}>
            <line x1={left} x2={width} y1={top(value)} y2={top(value)} />
            <text x={left - 6} y={top(value) + 4} textAnchor="end">
              {value}
            </text>
          </g>
        ))}
        {bars.map(({ label, values }, index) => (
          <g key={label}>
            {values.map((value, nth) => (
              <rect
                key={series[nth]}
                className="chart-bar"
                x={left + slot * index + (slot - thick * values.length) / 2 + thick * nth}
                y={top(value)}
                width={thick}
                height={floor - top(value)}
              />
            ))}
            <text x={left + slot * (index + 0.5)} y={floor + 16} textAnchor="middle">
              {label}
            </text>
          </g>
        ))}
      </svg>
      {series.length > 1 && (
        <ul className="chart-key" aria-hidden="true">
          {series.map((name, nth) => (
            <li key={name}>
              <svg className="chart" viewBox="0 0 16 12" aria-hidden="true">
                {nth > 0 && <rect className="chart-bar" width="0" height="0" />}
                <rect className="chart-bar" x="1" y="1" width="14" height="10" />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
