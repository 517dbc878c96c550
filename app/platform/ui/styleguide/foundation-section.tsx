import { cx } from '../cx.ts';
import { Button } from '../data/button.tsx';
import { LinkButton } from '../data/link-button.tsx';
import { TextLink } from '../data/text-link.tsx';
import { StateBadge } from '../feedback/state-badge.tsx';
import { Row, Sample, Section } from './section.tsx';

/** Class names are written whole, so that the style sheet contains them. */
const SWATCHES = [
  { name: 'surface', use: '页面底色', look: 'bg-surface' },
  { name: 'surface-raised', use: '卡片、表格、输入', look: 'bg-surface-raised' },
  { name: 'surface-sunken', use: '表头、停用', look: 'bg-surface-sunken' },
  { name: 'ink', use: '正文', look: 'bg-ink' },
  { name: 'ink-muted', use: '说明', look: 'bg-ink-muted' },
  { name: 'line', use: '分隔', look: 'bg-line' },
  { name: 'line-strong', use: '控件边框', look: 'bg-line-strong' },
  { name: 'accent', use: '操作、链接', look: 'bg-accent' },
  { name: 'accent-soft', use: '选中', look: 'bg-accent-soft' },
  { name: 'danger', use: '危险', look: 'bg-danger' },
  { name: 'danger-soft', use: '危险底色', look: 'bg-danger-soft' },
  { name: 'positive', use: '有效', look: 'bg-positive' },
  { name: 'positive-soft', use: '有效底色', look: 'bg-positive-soft' },
  { name: 'caution', use: '留意', look: 'bg-caution' },
  { name: 'caution-soft', use: '留意底色', look: 'bg-caution-soft' },
  { name: 'seal', use: '印章', look: 'bg-seal' },
] as const;

export function FoundationSection() {
  return (
    <>
      <Section
        id="colours"
        title="颜色"
        note="按用途命名，浅色与深色各一套；所有配对的对比度由单元测试逐一计算。"
      >
        <ul className="grid grid-cols-2 gap-4 sm:grid-cols-4 xl:grid-cols-8">
          {SWATCHES.map((swatch) => (
            <li key={swatch.name} className="text-sm">
              <span className={cx('block h-12 rounded border border-line', swatch.look)} />
              <span className="mt-1 block font-mono text-xs">{swatch.name}</span>
              <span className="text-ink-muted">{swatch.use}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="type" title="文字">
        <div className="space-y-2">
          <p className="text-4xl font-semibold">有效</p>
          <p className="text-3xl font-semibold tabular-nums">42.67</p>
          <p className="text-2xl font-semibold">行政执法人员资格考试</p>
          <p className="text-xl font-semibold">第二章 行政处罚的种类和设定</p>
          <p className="max-w-measure">
            正文十六像素，行高一点六，每行不超过四十字。行政机关应当自行政处罚案件立案之日起九十日内作出行政处罚决定。法律、法规、规章另有规定的，从其规定。
            <TextLink to="#type">《中华人民共和国行政处罚法》第六十条</TextLink>
          </p>
          <p className="text-sm">
            表格与说明十四像素：2026年11月21日 09:00–11:30，12.33 学时，87.5%（7,748/8,854）
          </p>
          <p className="text-xs text-ink-muted">最小十三像素，仅用于角标与刻度</p>
        </div>
      </Section>
      <ButtonSection />
      <BadgeSection />
    </>
  );
}

function ButtonSection() {
  return (
    <Section id="buttons" title="按钮" note="每页一个主要操作；危险操作先写理由，后果写在按钮上。">
      <Row>
        <Button tone="primary">提交审核</Button>
        <Button>保存草稿</Button>
        <Button tone="quiet">取消</Button>
        <Button tone="danger">注销该证件</Button>
        <LinkButton to="#buttons">导出本页</LinkButton>
      </Row>
      <Row>
        <Button tone="primary" disabled>
          提交审核
        </Button>
        <Button disabled>保存草稿</Button>
        <Button tone="danger" disabled>
          注销该证件
        </Button>
      </Row>
      <Row>
        <Button tone="primary" size="small">
          签到
        </Button>
        <Button size="small">查看</Button>
        <Button tone="primary" size="large">
          开始考试
        </Button>
      </Row>
    </Section>
  );
}

function BadgeSection() {
  return (
    <Section
      id="badges"
      title="状态"
      note="词与形状同时给出，不靠颜色区分：实心为有效，半圆为暂停，空心为终止，圆点为待办。"
    >
      <Row>
        <StateBadge shape="solid" tone="positive">
          有效
        </StateBadge>
        <StateBadge shape="half" tone="caution">
          暂扣
        </StateBadge>
        <StateBadge shape="hollow" tone="neutral">
          注销
        </StateBadge>
        <StateBadge shape="hollow" tone="danger">
          吊销
        </StateBadge>
        <StateBadge shape="dot" tone="pending">
          待审核
        </StateBadge>
      </Row>
      <Sample label="公开查验页">
        <StateBadge shape="solid" tone="positive" size="large">
          有效
        </StateBadge>
      </Sample>
    </Section>
  );
}
