import { describe, expect, it } from 'vitest';
import { CompletionBars } from '#app/platform/ui/chart/bar-chart.tsx';
import { byGap, gapToTarget, shareFloorBasisPoints } from '#app/platform/ui/chart/completion.ts';
import { joinForecast } from '#app/platform/ui/chart/trend.ts';
import { renderAt } from './render.tsx';

const row = (key: string, value: number, total: number) => ({ key, label: key, value, total });

describe('completion against a target', () => {
  it.each([
    [4, 7, 6000, 1],
    [5, 7, 6000, 0],
    [7, 7, 6000, 0],
    [0, 0, 6000, 0],
    [74, 100, 7500, 1],
    [75, 100, 7500, 0],
  ])('%i of %i to %i basis points lacks %i', (value, total, target, gap) => {
    expect(gapToTarget(row('a', value, total), target)).toBe(gap);
  });

  it('shares are cut, and there is none of nobody', () => {
    expect(shareFloorBasisPoints(row('a', 7748, 8854))).toBe(8750);
    expect(shareFloorBasisPoints(row('a', 0, 0))).toBeNull();
  });

  it('the furthest behind stand first, units without anybody last', () => {
    const rows = [row('empty', 0, 0), row('done', 9, 10), row('small', 1, 10), row('large', 10, 100)];
    expect(byGap(rows, 6000).map((one) => one.key)).toEqual(['large', 'small', 'done', 'empty']);
  });

  it('the server sends the figures as a table with links one level deeper, and no drawing', () => {
    const html = renderAt(
      '/supervise',
      <CompletionBars
        title="一个单位未达标"
        rows={[row('交通局', 1, 10)]}
        target={6000}
        onHref={() => '/supervise/7'}
      />,
    );
    expect(html).toContain('href="/supervise/7"');
    expect(html).toContain('10.0%');
    expect(html).toContain('1/10');
    expect(html).not.toContain('recharts');
  });
});

describe('a trend', () => {
  const point = (key: string, value: number | null, forecast: number | null) => ({
    key,
    label: key,
    value,
    forecast,
  });

  it('the forecast begins where the known ends', () => {
    const joined = joinForecast([point('1', 100, null), point('2', 200, null), point('3', null, 300)]);
    expect(joined.map((one) => one.forecast)).toEqual([null, 200, 300]);
  });

  it('without a forecast nothing is joined', () => {
    expect(joinForecast([point('1', 100, null)])).toEqual([point('1', 100, null)]);
    expect(joinForecast([])).toEqual([]);
  });
});
