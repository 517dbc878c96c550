import { Card } from '../data/card.tsx';
import { DefinitionList } from '../data/definition-list.tsx';
import { HoursText } from '../data/hours-text.tsx';
import { LinkButton } from '../data/link-button.tsx';
import { Ring } from '../data/ring.tsx';
import { Share } from '../data/share.tsx';
import { Stat, StatRow } from '../data/stat.tsx';
import { Tabs } from '../data/tabs.tsx';
import { TextLink } from '../data/text-link.tsx';
import { Timeline } from '../data/timeline.tsx';
import { StateBadge } from '../feedback/state-badge.tsx';
import { SimpleTable } from '../table/simple-table.tsx';
import { groupDigits, maskIdNumber } from '../text/format.ts';
import { Section } from './section.tsx';

const HOLDER = [
  { term: '姓名', value: '林海燕' },
  {
    term: '证件状态',
    value: (
      <StateBadge shape="solid" tone="positive">
        有效
      </StateBadge>
    ),
  },
  { term: '证件号码', value: groupDigits('990120241037') },
  { term: '身份证号', value: maskIdNumber('990106198803150024') },
  { term: '所在单位', value: '云州市市场监督管理局' },
  { term: '有效期至', value: '2029年11月20日' },
];

const EVENTS = [
  {
    key: '3',
    at: '2026年11月21日 09:12',
    actor: '云州市司法局 周立新',
    title: '恢复使用',
    body: '离岗培训 24 学时已完成，测试合格。',
    isCurrent: true,
  },
  {
    key: '2',
    at: '2026年10月20日 16:40',
    actor: '云州市司法局 何振东',
    title: '暂扣 30 日',
    body: '依据《云州市行政执法证件管理办法》第十九条，云司证扣〔2026〕14号。',
  },
  { key: '1', at: '2024年11月21日 10:05', actor: '云州市司法局 周立新', title: '核发' },
];

export function DataSection() {
  return (
    <>
      <Section id="figures" title="数字" note="数字等宽对齐，比例总带分母，学时截取到百分位。">
        <StatRow>
          <Stat label="持证人员" value="8,854" unit="人" detail="截至2026年11月21日" />
          <Stat
            label="年度学时达标"
            value="87.5%"
            detail={<Share part={7748} whole={8854} />}
            tone="positive"
          />
          <Stat
            label="证件三个月内到期"
            value="126"
            unit="人"
            detail="其中 41 人尚未申请换证"
            tone="caution"
          />
          <Stat label="暂扣" value="9" unit="人" detail="上月同日 7 人" />
        </StatRow>
        <div className="grid gap-6 lg:grid-cols-2">
          <HoursCard />
          <Card title="证件" action={<TextLink to="#figures">查看全部记录</TextLink>}>
            <DefinitionList items={HOLDER} />
          </Card>
        </div>
      </Section>
      <Section id="records" title="记录">
        <Tabs
          label="证件记录"
          items={[
            { id: 'events', label: '经过', count: 3, content: <Timeline label="证件经过" items={EVENTS} /> },
            { id: 'hours', label: '学时', count: 4, content: <HoursTable /> },
            { id: 'exams', label: '考试', content: <p className="text-ink-muted">暂无考试记录。</p> },
          ]}
        />
      </Section>
    </>
  );
}

function HoursCard() {
  return (
    <Card
      title="本年学时"
      footer="统计至今日 09:00，未含正在核验的 2 学时"
      action={<TextLink to="#figures">明细</TextLink>}
    >
      <div className="flex flex-wrap items-center gap-x-8 gap-y-6">
        <Ring
          value={115_209}
          max={162_000}
          figure="42.67"
          caption="/ 60 学时"
          label="本年学时 42.67，目标 60 学时"
        />
        <div className="min-w-48 flex-1">
          <p>
            还差 <HoursText creditSeconds={46_791} />
            ，截止2026年12月31日
          </p>
          <ul className="mt-2 text-sm text-ink-muted">
            <li>公共法律知识：还差 5.33 学时</li>
            <li>专业法律知识：还差 12 学时</li>
          </ul>
          <LinkButton tone="primary" to="#figures" className="mt-4">
            继续学习
          </LinkButton>
        </div>
      </div>
    </Card>
  );
}

function HoursTable() {
  return (
    <SimpleTable
      caption="2026年学时登记"
      head={[
        '类别',
        { label: '目标', unit: '学时', align: 'end' },
        { label: '已登记', unit: '学时', align: 'end' },
        { label: '还差', unit: '学时', align: 'end' },
      ]}
      rows={[
        { key: 'public', cells: ['公共法律知识', '20.00', '14.67', '5.33'] },
        { key: 'field', cells: ['专业法律知识', '30.00', '18.00', '12.00'] },
        { key: 'skill', cells: ['执法技能', '10.00', '10.00', '0.00'] },
      ]}
      foot={['合计', '60.00', '42.67', '17.33']}
    />
  );
}
