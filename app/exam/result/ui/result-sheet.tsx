import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Stat, StatRow } from '#app/platform/ui/data/stat.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatPercent } from '#app/platform/ui/text/format.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { SECTION_LABELS } from '../../bank/question.ts';
import { marksText } from '../../sitting/ui/paper-parts.ts';
import type { ResultView } from '../result-view.server.ts';
import { ResultVersions } from './result-versions.tsx';
import { WrongItemBlock } from './wrong-item.tsx';

/** Score, pass line, by section, what it entitles to, next step. */
export function ResultSheet({ result }: { result: ResultView }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <div>
        <p className="mb-4">
          <StateBadge
            size="large"
            shape={result.passed ? 'solid' : 'hollow'}
            tone={result.passed ? 'positive' : 'danger'}
          >
            {result.passed ? '合格' : '不合格'}
          </StateBadge>
        </p>
        <StatRow>
          <Stat
            label="得分"
            value={marksText(result.scoreHundredths)}
            unit="分"
            detail={`满分 ${marksText(result.fullMarkHundredths)} 分`}
            tone={result.passed ? 'positive' : 'danger'}
          />
          <Stat label="合格线" value={marksText(result.passMarkHundredths)} unit="分" />
          <Stat
            label="答对"
            value={String(result.correctCount)}
            unit="题"
            detail={`共 ${result.itemCount} 题`}
          />
        </StatRow>
      </div>
      <Entitlement result={result} />
      <section>
        <h2 className="mb-3 text-lg font-semibold">各部分得分</h2>
        <SectionTable result={result} />
      </section>
      <ResultVersions versions={result.versions} />
      <WrongItems result={result} />
      <p className="text-sm text-ink-muted">{`试卷校验码 ${result.paperMark}。成绩按冻结的试卷和考试结束前服务器收到的作答评定。`}</p>
    </div>
  );
}

function Entitlement({ result }: { result: ResultView }) {
  if (result.passed)
    return (
      <Callout
        tone="success"
        title={`已通过${result.subjectLabel}考试`}
        action={
          <LinkButton to="/me" tone="primary">
            查看我的资格与证件
          </LinkButton>
        }
      >
        {`可由所在单位申领行政执法证件，申领期限至 ${formatDay(result.claimUntil)}。请联系单位联络员提出申请。取得证件前不得独立执法。`}
      </Callout>
    );
  return (
    <Callout
      tone="warning"
      title="未达到合格线"
      action={
        <LinkButton to={result.triesLeft > 0 ? '/exams' : '/courses'} tone="primary">
          {result.triesLeft > 0 ? '再考一次' : '继续学习'}
        </LinkButton>
      }
    >
      {`未经执法资格考试合格，不得授予执法资格，不得从事执法活动。${
        result.triesLeft > 0
          ? `本场考试还可以再考 ${result.triesLeft} 次。`
          : '请由所在单位报名参加下一场考试。'
      }`}
    </Callout>
  );
}

function SectionTable({ result }: { result: ResultView }) {
  return (
    <SimpleTable
      caption="各部分得分"
      hideCaption
      head={[
        '部分',
        { label: '答对', unit: '题', align: 'end' },
        { label: '得分', unit: '分', align: 'end' },
        { label: '得分率', align: 'end' },
      ]}
      rows={result.sections.map((section) => ({
        key: section.section,
        cells: [
          SECTION_LABELS[section.section],
          `${section.correctCount}/${section.itemCount}`,
          `${marksText(section.earnedHundredths)}/${marksText(section.fullHundredths)}`,
          formatPercent(section.earnedHundredths, section.fullHundredths),
        ],
      }))}
      foot={[
        '合计',
        `${result.correctCount}/${result.itemCount}`,
        `${marksText(result.scoreHundredths)}/${marksText(result.fullMarkHundredths)}`,
        formatPercent(result.scoreHundredths, result.fullMarkHundredths),
      ]}
    />
  );
}

function WrongItems({ result }: { result: ResultView }) {
  if (result.release === 'score_only')
    return <p className="text-ink-muted">本场考试只公布成绩，不公布试题和答案。</p>;
  if (result.wrongItems.length === 0) return null;
  return (
    <section>
      <h2 className="mb-3 text-lg font-semibold">{`未答对的题（${result.wrongItems.length} 题）`}</h2>
      <ol>
        {result.wrongItems.map((item) => (
          <WrongItemBlock key={item.position} item={item} />
        ))}
      </ol>
    </section>
  );
}
