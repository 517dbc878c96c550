import { useNavigate } from '@remix-run/react';
import { Bar, BarChart, LabelList, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatPercent } from '../text/format.ts';
import { shareFloorBasisPoints } from './completion.ts';
import type { CompletionRow } from './completion.ts';

export interface CompletionBarsDrawingProps {
  rows: readonly CompletionRow[];
  /** basis points */
  target: number;
  hrefOf: (row: CompletionRow) => string | null;
}

/** Colours come from the theme's variables, so dark mode needs no second drawing. */
const INK = 'rgb(var(--ink))';
const MUTED = 'rgb(var(--ink-muted))';
const BAR = 'rgb(var(--chart-bar))';
const TRACK = 'rgb(var(--chart-track))';
const TARGET = 'rgb(var(--chart-target))';

const percentTick = (basisPoints: number): string => `${basisPoints / 100}%`;

/** The picture of `CompletionBars`. It is hidden from screen readers, which have the table with its links. */
export function CompletionBarsDrawing({ rows, target, hrefOf }: CompletionBarsDrawingProps) {
  const navigate = useNavigate();
  const data = rows.map((row) => ({
    label: row.label,
    share: shareFloorBasisPoints(row) ?? 0,
    text: formatPercent(row.value, row.total),
    href: hrefOf(row),
  }));
  const isLinked = data.some((bar) => bar.href !== null);
  const open = (index: number) => {
    const href = data[index]?.href;
    if (href) navigate(href);
  };
  return (
    <div aria-hidden="true" className="h-full">
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          layout="vertical"
          data={data}
          accessibilityLayer={false}
          margin={{ top: 22, right: 56, bottom: 0, left: 0 }}
          barCategoryGap="28%"
        >
          <XAxis
            type="number"
            domain={[0, 10_000]}
            ticks={[0, 2500, 5000, 7500, 10_000]}
            tickFormatter={percentTick}
            tick={{ fill: MUTED, fontSize: '0.8125rem' }}
            axisLine={false}
            tickLine={false}
            height={24}
          />
          <YAxis
            type="category"
            dataKey="label"
            width="auto"
            tick={{ fill: INK, fontSize: '0.875rem' }}
            axisLine={false}
            tickLine={false}
            interval={0}
          />
          <Bar
            dataKey="share"
            fill={BAR}
            background={{ fill: TRACK }}
            isAnimationActive={false}
            onClick={(_, index) => open(index)}
            cursor={isLinked ? 'pointer' : 'default'}
          >
            <LabelList dataKey="text" position="right" fill={INK} fontSize="0.875rem" />
          </Bar>
          <ReferenceLine
            x={target}
            stroke={TARGET}
            strokeDasharray="4 3"
            label={{ value: `目标 ${percentTick(target)}`, position: 'top', fill: INK, fontSize: '0.8125rem' }}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
