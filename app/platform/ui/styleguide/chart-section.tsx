import { CompletionBars } from '../chart/bar-chart.tsx';
import { TrendChart } from '../chart/trend-chart.tsx';
import { PrintSheet } from '../print/print-sheet.tsx';
import { SimpleTable } from '../table/simple-table.tsx';
import { Section } from './section.tsx';

const COMPLETION = [
  { key: 'market', label: '市场监督管理局', value: 812, total: 904 },
  { key: 'environment', label: '生态环境局', value: 201, total: 268 },
  { key: 'transport', label: '交通运输局', value: 390, total: 655 },
  { key: 'emergency', label: '应急管理局', value: 118, total: 121 },
  { key: 'city', label: '城市管理局', value: 402, total: 731 },
  { key: 'agriculture', label: '农业农村局', value: 176, total: 198 },
  { key: 'health', label: '卫生健康局', value: 233, total: 352 },
  { key: 'culture', label: '文化和旅游局', value: 0, total: 0 },
];

const KNOWN = [310, 820, 1650, 2480, 3510, 4460, 5380, 6620, 7490, 8320];
const FORECAST: Readonly<Record<number, number>> = { 11: 9010, 12: 9640 };
const TREND = Array.from({ length: 12 }, (_, index) => ({
  key: String(index + 1),
  label: `${index + 1}月`,
  value: KNOWN[index] ?? null,
  forecast: FORECAST[index + 1] ?? null,
}));

export function ChartSection() {
  return (
    <>
      <Section
        id="chart"
        title="图表"
        note="标题说结论；目标线、直接标注；同样的数字列在旁边的表里。点击进入下一级。"
      >
        <CompletionBars
          title="交通、城管、卫健三个系统未达 75% 的序时进度"
          subtitle="2026年度学时达标人数占应达标人数，统计至2026年11月21日"
          rows={COMPLETION}
          target={7500}
          onHref={(row) => `?unit=${row.key}#chart`}
        />
        <TrendChart
          title="按目前进度，年末达标率约 96%"
          subtitle="全市持证人员年度学时达标率，10月以后为预计"
          points={TREND}
          target={9000}
        />
      </Section>
      <Section
        id="print"
        title="打印"
        note="A4，页眉为单位与日期，表头每页重复，右下角为页码；每份记录带查验码。"
      >
        <div className="rounded-md border border-line bg-surface-raised p-6">
          <PrintSheet unit="云州市市场监督管理局" date="2026年11月21日" verificationCode="K7QF-2MXD-98RT-3">
            <SimpleTable
              caption="林海燕 2026年度学时登记卡"
              head={['日期', '内容', { label: '学时', align: 'end' }]}
              rows={[
                { key: '1', cells: ['2026年3月12日', '新修订行政复议法专题班', '8.00'] },
                { key: '2', cells: ['2026年6月3日', '行政处罚案卷制作', '6.67'] },
                { key: '3', cells: ['2026年9月18日', '食品安全现场检查实务', '12.00'] },
              ]}
              foot={['合计', '', '26.67']}
            />
          </PrintSheet>
        </div>
      </Section>
    </>
  );
}
