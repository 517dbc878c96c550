import { useNavigate } from '@remix-run/react';
import {
  Bar,
  BarChart,
  ReferenceLine,
  ResponsiveContainer,
  Text,
  usePlotArea,
  useYAxisTicks,
  XAxis,
  YAxis,
} from 'recharts';
import { formatPercent } from '../text/format.ts';
import { axisText, COLOURS, percentTick } from './chart-look.ts';
import { shareFloorBasisPoints } from './completion.ts';
import type { CompletionRow } from './completion.ts';

export interface CompletionBarsDrawingProps {
  rows: readonly CompletionRow[];
  /** basis points */
  target: number;
  /** what the line means; `目标` unless told */
  targetLabel?: string | undefined;
  hrefOf: (row: CompletionRow) => string | null;
}

/** Room at the right for the figures, in px at the standard size; wide enough for `100.0%` in 长辈模式. */
const FIGURES_WIDTH = 72;

/** Names of units are long: they take two lines of nine characters, so that the bars keep the room on a phone. The table
 *  beside has them whole. */
const NAME_REM = 8.5;

/** The picture of `CompletionBars`. It is hidden from screen readers, which have the table with its links. */
export function CompletionBarsDrawing(props: CompletionBarsDrawingProps) {
  const { rows, target, targetLabel = '目标', hrefOf } = props;
  const navigate = useNavigate();
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const data = rows.map((row) => {
    const share = shareFloorBasisPoints(row) ?? 0;
    return { key: row.key, share, fill: share < target ? COLOURS.bar : COLOURS.barQuiet };
  });
  const hrefs = rows.map(hrefOf);
  const open = (index: number) => {
    const href = hrefs[index];
    if (href) navigate(href);
  };
  return (
    <div aria-hidden="true" className="h-full">
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          layout="vertical"
          data={data}
          accessibilityLayer={false}
          margin={{ top: 24, right: FIGURES_WIDTH, bottom: 0, left: 0 }}
          barCategoryGap="30%"
        >
          <XAxis
            type="number"
            domain={[0, 10_000]}
            ticks={[0, 2500, 5000, 7500, 10_000]}
            tickFormatter={percentTick}
            tick={axisText.quiet}
            axisLine={false}
            tickLine={false}
            height={24}
          />
          <YAxis
            type="category"
            dataKey="key"
            width="auto"
            tick={({ x, y, payload, className }) => (
              <NameTick {...{ x, y, className }} label={byKey.get(payload.value)?.label ?? ''} />
            )}
            axisLine={false}
            tickLine={false}
            interval={0}
          />
          <Bar
            dataKey="share"
            background={{ fill: COLOURS.track }}
            isAnimationActive={false}
            onClick={(_, index) => open(index)}
            cursor={hrefs.some(Boolean) ? 'pointer' : 'default'}
          />
          <ReferenceLine
            x={target}
            stroke={COLOURS.target}
            strokeDasharray="4 3"
            label={{ value: `${targetLabel} ${percentTick(target)}`, position: 'top', ...axisText.label }}
          />
          <Figures textOf={(key) => percentOf(byKey.get(key))} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

function percentOf(row: CompletionRow | undefined): string {
  return row ? formatPercent(row.value, row.total) : '';
}

/** The share of every bar in one column at the right edge, where figures can be compared and cross no line. */
function Figures({ textOf }: { textOf: (key: string) => string }) {
  const area = usePlotArea();
  const ticks = useYAxisTicks();
  if (!area || !ticks) return null;
  const x = area.x + area.width + FIGURES_WIDTH - 8;
  return (
    <g>
      {ticks.map((tick) => (
        <text
          key={String(tick.value)}
          x={x}
          y={tick.coordinate}
          dy="0.35em"
          textAnchor="end"
          className="fill-ink text-sm tabular-nums"
        >
          {textOf(String(tick.value))}
        </text>
      ))}
    </g>
  );
}

/** A name beside its bar, at most two lines; its width grows with 长辈模式. */
function NameTick({
  label,
  className,
  x,
  y,
}: {
  label: string;
  className: string | undefined;
  x: number | string;
  y: number | string;
}) {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return (
    <Text
      x={x}
      y={y}
      className={className}
      width={NAME_REM * rem}
      breakAll
      maxLines={2}
      lineHeight="1.2em"
      textAnchor="end"
      verticalAnchor="middle"
      fill={axisText.strong.fill}
      style={{ fontSize: axisText.strong.fontSize }}
    >
      {label}
    </Text>
  );
}
