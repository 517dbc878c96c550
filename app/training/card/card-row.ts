import { formatHours } from '#app/platform/ui/text/format.ts';
import type { ClaimForm } from '../claim/claim.ts';
import { CLAIM_FORM_LABELS } from '../claim/claim.ts';
import { KIND_LABELS } from '../ledger/basis-text.ts';
import { CREDIT_HUNDREDTH_SECONDS } from '../ledger/hours.ts';
import { isOffPost, OFF_POST_LABEL } from '../ledger/off-post.ts';
import type { Form } from '../session/session.ts';
import { FORM_LABELS } from '../session/session.ts';
import type { CardRow } from './card.ts';
import type { CardSource } from './card-rows.store.server.ts';

/** What each kind of source says in the columns of the card. */
type Told = Pick<CardRow, 'organiser' | 'form' | 'content' | 'place' | 'stated' | 'result' | 'proof'>;

const isForm = (form: string | null): form is Form => form !== null && Object.hasOwn(FORM_LABELS, form);
const isClaimForm = (form: string | null): form is ClaimForm =>
  form !== null && Object.hasOwn(CLAIM_FORM_LABELS, form);

const minutes = (seconds: number): string => `${Math.floor(seconds / 60)} 分钟`;
const textOf = (basis: CardSource['basis'], key: string): string => {
  const value = basis[key];
  return typeof value === 'string' ? value : '';
};

function attendance({ basis }: CardSource): string {
  const { scheduledSeconds, presentSeconds } = basis;
  if (typeof scheduledSeconds !== 'number' || typeof presentSeconds !== 'number' || scheduledSeconds <= 0)
    return '';
  return `出勤 ${Math.floor((100 * presentSeconds) / scheduledSeconds)}%`;
}

function ofSession(source: CardSource): Told {
  const { sessionForm, sessionStatedSeconds, basis } = source;
  const scheduled = basis.scheduledSeconds;
  return {
    organiser: source.sessionUnitName ?? '',
    form: isForm(sessionForm) ? FORM_LABELS[sessionForm] : '',
    content: source.sessionLecturer === null ? '' : `授课人：${source.sessionLecturer}`,
    place: source.sessionPlace ?? '',
    stated:
      sessionStatedSeconds !== null
        ? formatHours(sessionStatedSeconds)
        : typeof scheduled === 'number'
          ? minutes(scheduled)
          : '',
    result: attendance(source),
    proof: '签到及考勤记录',
  };
}

function ofCourse(source: CardSource): Told {
  const { courseStatedSeconds, lessonNominalSeconds } = source;
  const lesson = lessonNominalSeconds === null ? '' : minutes(lessonNominalSeconds);
  return {
    organiser: '执法学堂（网络课程）',
    form: FORM_LABELS.online,
    content: source.lessonTitle ?? source.courseTitle ?? '',
    place: '网络',
    stated:
      source.sourceKind === 'course_version' && courseStatedSeconds !== null
        ? formatHours(courseStatedSeconds)
        : lesson,
    result: source.sourceKind === 'course_version' ? '学完合格' : '自测合格',
    proof: '在线学习记录',
  };
}

function ofClaim(source: CardSource): Told {
  const { claimForm, claimStatedKind, claimStatedAmount } = source;
  const amount = claimStatedAmount ?? 0;
  return {
    organiser: source.claimOrganiser ?? '',
    form: isClaimForm(claimForm) ? CLAIM_FORM_LABELS[claimForm] : '',
    content: source.title,
    place: source.claimPlace ?? '',
    stated: claimStatedKind === 'minutes' ? `${amount} 分钟` : formatHours(amount * CREDIT_HUNDREDTH_SECONDS),
    result: source.claimResult ?? '',
    proof: source.claimProofs > 0 ? `证明材料 ${source.claimProofs} 份` : '',
  };
}

/** Hours brought along or imported know what their workbook said. */
function ofWorkbook({ basis, kind, sourceKind }: CardSource): Told {
  return {
    organiser: textOf(basis, 'organiser'),
    form: textOf(basis, 'form') || KIND_LABELS[kind],
    content: textOf(basis, 'content'),
    place: textOf(basis, 'place'),
    stated: textOf(basis, 'stated'),
    result: textOf(basis, 'result'),
    proof: sourceKind === 'import' ? '导入的学时台账' : '原有学时台账',
  };
}

function toldBy(source: CardSource): Told {
  switch (source.sourceKind) {
    case 'training_session':
      return ofSession(source);
    case 'lesson_version':
    case 'course_version':
      return ofCourse(source);
    case 'claim':
      return ofClaim(source);
    default:
      return ofWorkbook(source);
  }
}

/** The column 培训形式 says that it was 离岗培训 (domain.md §4.2 case 5), beside how it was held. */
const withOffPost = (form: string): string =>
  form === '' || form.includes(OFF_POST_LABEL) ? OFF_POST_LABEL : `${OFF_POST_LABEL}（${form}）`;

const PREFIX: Readonly<Partial<Record<CardSource['kind'], string>>> = {
  reversal: '冲销：',
  correction: '更正：',
};

/** A line of the card. A correction keeps what its source says and adds the reason to the content. */
export function cardRow(source: CardSource): CardRow {
  const told = toldBy(source);
  const reason = textOf(source.basis, 'reason');
  const form = isOffPost(source.basis) ? withOffPost(told.form) : told.form;
  const isCorrected = source.kind === 'reversal' || source.kind === 'correction';
  return {
    ...told,
    form,
    content: isCorrected && reason !== '' ? `更正理由：${reason}` : told.content,
    entryId: source.entryId,
    fromDay: source.claimFromDay ?? source.day,
    toDay: source.claimToDay ?? source.day,
    title: `${PREFIX[source.kind] ?? ''}${source.courseTitle ?? source.title}`,
    category: source.category,
    creditSeconds: source.creditSeconds,
    // Who kept the workbook of earlier years, nobody said.
    recordedBy: source.recordedByName ?? (source.sourceKind === 'history' ? '' : '平台自动记入'),
    approvedBy: source.approvedByName ?? '',
    kind: source.kind,
    isAdjustment: source.isAdjustment,
  };
}
