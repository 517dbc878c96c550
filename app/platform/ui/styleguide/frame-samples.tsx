import { useState } from 'react';
import { cx } from '../cx.ts';
import { Button } from '../data/button.tsx';
import { Card } from '../data/card.tsx';
import { DefinitionList } from '../data/definition-list.tsx';
import { LinkButton } from '../data/link-button.tsx';
import { Ring } from '../data/ring.tsx';
import { TextLink } from '../data/text-link.tsx';
import { StateBadge } from '../feedback/state-badge.tsx';
import { TextField } from '../form/text-field.tsx';
import { PageHead } from '../frames/page-head.tsx';

/** What stands first for an officer: what is owed, by when, what comes next. Three cards, each one tap from doing it. */
export function OfficerSample() {
  return (
    <>
      <PageHead title="林海燕，上午好" meta="云州市市场监督管理局　行政执法人员" />
      <div className="grid gap-4 lg:grid-cols-2 lg:gap-6">
        <Card
          title="本年学时"
          className="lg:row-span-2"
          footer={<TextLink to="?frame=officer">查看明细与登记卡</TextLink>}
        >
          <div className="flex flex-wrap items-center gap-x-8 gap-y-4">
            <Ring
              value={4267}
              max={6000}
              figure="42.67"
              caption="/ 60 学时"
              label="本年学时 42.67，目标 60 学时"
            />
            <div className="min-w-40 flex-1">
              <p className="text-lg font-semibold">还差 17.33 学时</p>
              <p className="text-ink-muted">截止2026年12月31日</p>
            </div>
          </div>
          <div className="mt-4">
            <DefinitionList
              items={[
                { term: '公共法律知识', value: '还差 5.33 学时' },
                { term: '专业法律知识', value: '还差 12 学时' },
                { term: '执法技能', value: '已完成' },
              ]}
            />
          </div>
          <LinkButton tone="primary" to="?frame=officer" className="mt-4 w-full sm:w-auto">
            继续学习
          </LinkButton>
        </Card>
        <Card title="下一次培训" footer={<TextLink to="?frame=officer">签到与请假</TextLink>}>
          <p className="text-lg font-semibold">新修订治安管理处罚法专题班</p>
          <p className="mt-1 tabular-nums">11月26日 09:00–11:30</p>
          <p className="text-sm text-ink-muted">云州市行政学院 302 教室，计 3 学时</p>
        </Card>
        <Card title="执法证件" footer={<TextLink to="?frame=officer">出示证件</TextLink>}>
          <StateBadge shape="solid" tone="positive">
            有效
          </StateBadge>
          <p className="mt-1 text-lg font-semibold tabular-nums">9901 2024 1037</p>
          <p className="text-sm text-ink-muted">有效期至2029年11月20日</p>
        </Card>
      </div>
    </>
  );
}

/** One question, and its answer in one large word. */
export function PublicSample() {
  return (
    <>
      <h1 className="text-3xl font-semibold">查验执法证件</h1>
      <p className="mt-2 text-ink-muted">输入证件上的查验码或证件号码，即可知道该证件此刻是否有效。</p>
      <form method="get" className="mt-8 flex flex-wrap items-end gap-3">
        <input type="hidden" name="frame" value="public" />
        <TextField
          label="查验码或证件号码"
          name="code"
          required
          defaultValue="9901 2024 1037"
          className="min-w-0 flex-1"
        />
        <Button type="submit" tone="primary">
          查验
        </Button>
      </form>
      <section aria-label="查验结果" className="mt-12 border-t border-line pt-8">
        <StateBadge shape="solid" tone="positive" size="large">
          有效
        </StateBadge>
        <p className="mt-2 text-ink-muted">截至2026年11月21日 09:41:26</p>
        <div className="mt-6">
          <DefinitionList
            items={[
              { term: '姓名', value: '林海燕' },
              { term: '证件号码', value: '9901 2024 1037' },
              { term: '所在单位', value: '云州市市场监督管理局' },
              { term: '执法领域', value: '市场监管' },
              { term: '有效期至', value: '2029年11月20日' },
            ]}
          />
        </div>
      </section>
    </>
  );
}

const OPTIONS = [
  { key: 'A', text: '三十日内' },
  { key: 'B', text: '六十日内' },
  { key: 'C', text: '九十日内' },
  { key: 'D', text: '六个月内' },
] as const;

/** The question with its options in large rows: the whole row is the label. */
export function CandidateSample() {
  const [choice, setChoice] = useState<string | null>(null);
  return (
    <>
      <p className="text-sm text-ink-muted">第 38 题，共 80 题　单项选择题　1 分</p>
      <fieldset className="mt-3 max-w-3xl">
        <legend className="text-lg leading-8">
          行政机关应当自行政处罚案件立案之日起多长时间内作出行政处罚决定？法律、法规、规章另有规定的除外。
        </legend>
        <div className="mt-6 space-y-3">
          {OPTIONS.map((option) => (
            <label
              key={option.key}
              className={cx(
                'flex min-h-14 cursor-pointer items-center gap-4 rounded-md border px-4 py-3 text-lg',
                choice === option.key
                  ? 'border-accent bg-accent-soft'
                  : 'border-line-strong hover:border-accent',
              )}
            >
              <input
                type="radio"
                name="choice"
                value={option.key}
                onChange={() => setChoice(option.key)}
                className="tick"
              />
              <span className="font-semibold">{option.key}</span>
              {option.text}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="mt-8 flex max-w-3xl flex-wrap justify-between gap-3">
        <Button>上一题</Button>
        <Button>标记本题</Button>
        <Button tone="primary">下一题</Button>
      </div>
    </>
  );
}

const ANSWERED = 37;
const QUESTIONS = Array.from({ length: 80 }, (_, index) => index + 1);

/** The map: answered filled, the current one outlined; the number of open questions in words. */
export function CandidateMapSample() {
  return (
    <section aria-label="题号一览">
      <p className="text-sm">
        已答 {ANSWERED} 题，未答 {QUESTIONS.length - ANSWERED} 题
      </p>
      <ol className="mt-3 grid grid-cols-8 gap-1.5 sm:grid-cols-10 lg:grid-cols-6">
        {QUESTIONS.map((number) => (
          <li key={number}>
            <button
              type="button"
              aria-label={`第 ${number} 题，${number <= ANSWERED ? '已答' : '未答'}`}
              aria-current={number === ANSWERED + 1 ? 'true' : undefined}
              className={cx(
                'h-9 w-full rounded-sm border text-sm tabular-nums',
                number <= ANSWERED && 'border-accent bg-accent-soft text-accent',
                number === ANSWERED + 1 && 'border-2 border-ink font-semibold',
                number > ANSWERED + 1 && 'border-line-strong',
              )}
            >
              {number}
            </button>
          </li>
        ))}
      </ol>
      <Button className="mt-6 w-full">检查并交卷</Button>
    </section>
  );
}
