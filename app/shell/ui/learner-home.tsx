import { StandingBadge } from '#app/certificate/register/ui/standing-badge.tsx';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Ring } from '#app/platform/ui/data/ring.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import {
  formatHours,
  formatHoursFigure,
  formatMissingHours,
  groupDigits,
} from '#app/platform/ui/text/format.ts';
import type { Resume } from '#app/training/course/resume.ts';
import type { CardState, LearnerHome, NextClass, NextExam, OwnYear } from '../learner-view.server.ts';

/** Three cards, each one tap from doing it: what I owe, what comes next, how my card stands. */
export function LearnerCards({ home }: { home: LearnerHome }) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2 xl:grid-cols-3">
      {home.year ? <YearCard year={home.year} resume={home.resume} /> : null}
      <NextCard nextClass={home.nextClass} nextExam={home.nextExam} />
      {home.card ? <CertificateCard card={home.card} /> : null}
    </div>
  );
}

function owedText(year: OwnYear): string {
  if (year.conclusion === 'exempt') return '本年免训，不作学时要求';
  if (year.owedSeconds > 0) return `还差 ${formatMissingHours(year.owedSeconds)}`;
  return year.openRequired.length > 0 ? '学时已够，还有必修课程未学' : '本年学时已达标';
}

function YearCard({ year, resume }: { year: OwnYear; resume: Resume | null }) {
  const target = formatHours(year.targetSeconds);
  const isOpen = year.owedSeconds > 0 || year.openRequired.length > 0;
  return (
    <Card title={`${year.year}年学时`} action={<TextLink to="/hours">查看明细</TextLink>}>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-4">
        <Ring
          value={year.totalSeconds}
          max={year.targetSeconds}
          figure={formatHoursFigure(year.totalSeconds)}
          caption={`/ ${target}`}
          label={`本年学时 ${formatHoursFigure(year.totalSeconds)}，目标 ${target}`}
        />
        <div className="min-w-0 flex-1 basis-40">
          <p className="text-lg font-semibold">{owedText(year)}</p>
          <dl className="mt-2 space-y-1 text-sm">
            {year.categories.map((category) => (
              <div key={category.label} className="flex justify-between gap-3">
                <dt className="text-ink-muted">{category.label}</dt>
                <dd className="tabular-nums">{formatHoursFigure(category.seconds)}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
      <YearNotes year={year} />
      {year.keyField ? (
        <p className="mt-3 text-sm text-ink-muted">
          重点领域专业法律知识应满 {formatHours(year.keyField.targetSeconds)}，
          {year.keyField.owedSeconds > 0
            ? `还差 ${formatMissingHours(year.keyField.owedSeconds)}。`
            : '已满。'}
        </p>
      ) : null}
      {year.openRequired.length > 0 ? (
        <p className="mt-3 text-sm">
          必修未学：
          {year.openRequired.map((course) => (
            <TextLink key={course.slug} to={`/courses/${course.slug}`} className="mr-3">
              {course.title}
            </TextLink>
          ))}
        </p>
      ) : null}
      <div className="mt-4">
        {resume?.kind === 'resume' ? (
          <p className="mb-3 text-sm text-ink-muted">
            {`上次学到《${resume.courseTitle}》第 ${resume.number} 课“${resume.lessonTitle}”。`}
          </p>
        ) : null}
        <div className="flex flex-wrap gap-3">
          <LinkButton
            to={resume ? `/courses/${resume.courseSlug}/${resume.lessonSlug}` : '/courses'}
            tone={isOpen ? 'primary' : 'secondary'}
          >
            {resume?.kind === 'resume' ? '继续学习' : '去学习'}
          </LinkButton>
          {resume ? <LinkButton to="/courses">全部课程</LinkButton> : null}
        </div>
      </div>
    </Card>
  );
}

/** Why the target is what it is, and where the year will probably end. */
function YearNotes({ year }: { year: OwnYear }) {
  const { expectedSeconds, targetSeconds, owedSeconds, reasons } = year;
  const isShort = expectedSeconds !== null && owedSeconds > 0 && year.conclusion === 'not_met';
  const short = Math.max(targetSeconds - (expectedSeconds ?? 0), 0);
  return (
    <>
      {reasons.map((reason) => (
        <p key={reason} className="mt-3 text-sm text-ink-muted">
          {`${reason}。`}
        </p>
      ))}
      {isShort ? (
        <p className="mt-3 text-sm text-ink-muted">
          {`按目前进度（含已报名的培训班），预计年底 ${formatHours(expectedSeconds)}，`}
          {short > 0 ? `仍差 ${formatMissingHours(short)}。` : '可以达到目标。'}
        </p>
      ) : null}
    </>
  );
}

function NextCard({ nextClass, nextExam }: { nextClass: NextClass | null; nextExam: NextExam | null }) {
  return (
    <Card title="接下来" action={<TextLink to="/sessions">我的培训班</TextLink>}>
      <section aria-label="考试">
        <h3 className="text-sm text-ink-muted">考试</h3>
        {nextExam ? (
          <>
            <p className="mt-1 font-semibold">{nextExam.title}</p>
            <p className="text-sm text-ink-muted">{nextExam.when}</p>
            <p className="mt-1">{nextExam.text}</p>
            <div className="mt-3">
              <LinkButton to={nextExam.action.to} tone={nextExam.isOpen ? 'primary' : 'secondary'}>
                {nextExam.action.label}
              </LinkButton>
            </div>
          </>
        ) : (
          <p className="mt-1">目前没有要参加的考试。</p>
        )}
      </section>
      <section aria-label="培训班" className="mt-5 border-t border-line pt-4">
        <h3 className="text-sm text-ink-muted">培训班</h3>
        {nextClass ? (
          <>
            <p className="mt-1 font-semibold">{nextClass.title}</p>
            <p className="text-sm text-ink-muted">{nextClass.when}</p>
            <p className="text-sm text-ink-muted">{nextClass.place}</p>
          </>
        ) : (
          <p className="mt-1">目前没有安排您参加的培训班。</p>
        )}
      </section>
    </Card>
  );
}

function CertificateCard({ card }: { card: CardState }) {
  return (
    <Card title="行政执法证">
      {card.standing ? (
        <>
          <StandingBadge standing={card.standing} size="large" />
          <dl className="mt-4 space-y-1 text-sm">
            <div className="flex gap-3">
              <dt className="w-16 shrink-0 text-ink-muted">证号</dt>
              <dd className="tabular-nums">{groupDigits(card.certificateNo ?? '')}</dd>
            </div>
            {card.validToDay ? (
              <div className="flex gap-3">
                <dt className="w-16 shrink-0 text-ink-muted">有效期至</dt>
                <dd>{formatDay(card.validToDay)}</dd>
              </div>
            ) : null}
          </dl>
        </>
      ) : (
        <p className="text-lg font-semibold">尚未取得</p>
      )}
      {card.missing ? (
        <p className="mt-3">
          <span className="font-medium">{card.missing.title}：</span>
          {card.missing.text}
        </p>
      ) : null}
      <div className="mt-4">
        <LinkButton to="/me">{card.standing ? '查看证件' : '查看还差什么'}</LinkButton>
      </div>
    </Card>
  );
}
