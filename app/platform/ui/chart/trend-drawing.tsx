import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { axisText, COLOURS, percentTick } from './chart-look.ts';
import { joinForecast } from './trend.ts';
import type { TrendPoint } from './trend.ts';

export interface TrendDrawingProps {
  points: readonly TrendPoint[];
  /** basis points */
  target: number;
}

/** The picture of `TrendChart`. It is hidden from screen readers, which have the table. */
export function TrendDrawing({ points, target }: TrendDrawingProps) {
  const line = { type: 'linear', stroke: COLOURS.bar, strokeWidth: 2, isAnimationActive: false } as const;
  return (
    <div aria-hidden="true" className="h-full">
      <ResponsiveContainer width="100%" height="100%">
        <LineChart
          data={joinForecast(points)}
          accessibilityLayer={false}
          margin={{ top: 12, right: 72, bottom: 0, left: 0 }}
        >
          <CartesianGrid vertical={false} stroke={COLOURS.line} />
          <XAxis dataKey="label" tick={axisText.quiet} axisLine={false} tickLine={false} height={28} />
          <YAxis
            domain={[0, 10_000]}
            ticks={[0, 2500, 5000, 7500, 10_000]}
            tickFormatter={percentTick}
            tick={axisText.quiet}
            axisLine={false}
            tickLine={false}
            width="auto"
          />
          <ReferenceLine
            y={target}
            stroke={COLOURS.target}
            strokeDasharray="4 3"
            label={{ value: `目标 ${percentTick(target)}`, position: 'right', ...axisText.label }}
          />
          <Line {...line} dataKey="forecast" strokeDasharray="3 4" dot={false} />
          <Line {...line} dataKey="value" dot={{ r: 3, fill: COLOURS.bar, strokeWidth: 0 }} />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
