import { z } from 'zod';
import { ABSENCE_KINDS, ABSENCE_LABELS } from '#app/organization/change/absence.ts';
import type { AbsenceKind } from '#app/organization/change/absence.ts';
import { LEAVING_LABELS, LEAVING_REASONS } from '#app/organization/change/leaving.ts';
import type { LeavingReason } from '#app/organization/change/leaving.ts';
import { formatDay } from '#app/platform/time/day.ts';
import type {
  Announcement,
  AnnouncementFacts,
  AnswerDigest,
  CampaignKind,
  CountedAnswer,
  ExceptionLine,
  LeftUndone,
} from './kind.ts';
import { CLEARING_RESULT } from './roster-papers.ts';

/** Everything but 在岗: who has left, and who is away and still belongs to the unit (代管, §11.4). */
export const CLEARING_STATUSES = [...LEAVING_REASONS, ...ABSENCE_KINDS] as const;
export type ClearingStatus = LeavingReason | AbsenceKind;

export const CLEARING_LABELS: Readonly<Record<ClearingStatus, string>> = {
  ...LEAVING_LABELS,
  ...ABSENCE_LABELS,
};

export const isLeaving = (status: ClearingStatus): status is LeavingReason =>
  LEAVING_REASONS.some((reason) => reason === status);

export const rosterAnswerSchema = z.object({
  preparer: z.string(),
  phone: z.string().nullable(),
  /** Persons of the unit when it answered; all but the exceptions are 在岗. */
  headcount: z.number().int().min(0),
  exceptions: z.array(
    z.object({
      personId: z.string(),
      name: z.string(),
      status: z.enum(CLEARING_STATUSES),
      /** First day away. */
      day: z.string(),
      /** Expected return; for absences only. */
      until: z.string().nullable(),
      proofNo: z.string(),
      note: z.string().nullable(),
    }),
  ),
});
export type RosterAnswer = z.infer<typeof rosterAnswerSchema>;
export type RosterException = RosterAnswer['exceptions'][number];

const skippedPerson = z.object({
  personId: z.string(),
  name: z.string(),
  unitId: z.string(),
  why: z.string(),
});
/** Something that was reported and no longer holds on the day of approval; told, not forced. */
export type SkippedPerson = z.infer<typeof skippedPerson>;

const effectSchema = z.object({ skipped: z.array(skippedPerson) });

function leftUndone(effect: unknown): LeftUndone[] {
  return effectSchema
    .parse(effect)
    .skipped.map(({ personId, name, unitId, why }) => ({ key: personId, what: name, unitId, why }));
}

/** One person of the preset. */
export interface RosterPerson {
  readonly personId: string;
  readonly name: string;
  readonly idNumberMasked: string;
  readonly position: string | null;
}

function exceptionOf(one: RosterException): ExceptionLine {
  const fact = (label: string, after: string | null) => ({ label, before: null, after });
  return {
    key: one.personId,
    verdict: CLEARING_LABELS[one.status],
    title: one.name,
    facts: [
      fact(isLeaving(one.status) ? '离岗日期' : '离开日期', formatDay(one.day)),
      ...(one.until === null ? [] : [fact('预计返回', formatDay(one.until))]),
      fact('依据文号', one.proofNo),
      ...(one.note === null ? [] : [fact('说明', one.note)]),
    ],
  };
}

function digest(content: unknown): AnswerDigest {
  const { headcount, exceptions } = rosterAnswerSchema.parse(content);
  const left = exceptions.filter((one) => isLeaving(one.status)).length;
  return {
    exceptions: exceptions.map(exceptionOf),
    figures: { on_post: headcount - exceptions.length, left, away: exceptions.length - left },
  };
}

/** What is proposed for the card of who has left: it decides nothing (HY11: 及时收回并注销). */
export function cardProposalFor(reason: LeavingReason): 'recover' | 'cancel' {
  return reason === 'deceased' ? 'cancel' : 'recover';
}

/** Who is no longer an officer; who is only away is nobody's business outside. */
function draftAnnouncement(answers: readonly CountedAnswer[], facts: AnnouncementFacts): Announcement {
  const rows = answers.flatMap(({ unitName, content }) =>
    rosterAnswerSchema.parse(content).exceptions.flatMap((one) =>
      isLeaving(one.status)
        ? [
            {
              单位名称: unitName,
              姓名: one.name,
              情形: CLEARING_LABELS[one.status],
              日期: formatDay(one.day),
            },
          ]
        : [],
    ),
  );
  const title = `${facts.regionName}${facts.year}年度行政执法人员清理结果公告`;
  const lead =
    `经清理，${facts.regionName}下列${rows.length}名人员已不在行政执法岗位，` +
    '其行政执法证件依法收回、注销，自公告之日起不得从事行政执法活动。';
  const lines = rows.map((row, index) => `${index + 1}. ${row.姓名}（${row.单位名称}，${row.情形}）`);
  return {
    title,
    text: [title, ...(facts.documentNo === null ? [] : [facts.documentNo]), lead, ...lines].join('\n'),
    rows: rows.length,
    data: {
      values: {
        公告标题: title,
        清理总数: String(rows.length),
        地区: facts.regionName,
        公告单位: facts.approvingOrgan ?? `${facts.regionName}司法局`,
      },
      rows: { 清理人员: rows },
    },
  };
}

/** 人员清理 (YC3: 「出口关」). */
export const ROSTER_CLEARING: CampaignKind = {
  code: 'roster_clearing',
  label: '人员清理',
  sameLabel: '全员在岗',
  stampedForm: '盖章的人员清理表',
  defaultWorkdays: 10,
  title: (year) => `${year}年度行政执法人员清理`,
  body: () =>
    '请各单位逐人核对在册人员。全员预置为“在岗”，退休、调离、辞退、辞职、死亡、转岗和借调、挂职等情形据实更改，' +
    '填写日期和依据文号。\n打印清理表，加盖公章后上传扫描件。',
  figures: [
    { key: 'on_post', label: '在岗', unit: '人' },
    { key: 'left', label: '离岗', unit: '人' },
    { key: 'away', label: '暂离', unit: '人' },
  ],
  approvalEffect:
    '已审单位上报的离岗、暂离人员登记生效，并向证件管理提出收回、注销建议，由司法局逐件决定；未报单位维持原状。',
  announcement: { paper: CLEARING_RESULT, label: '清理结果公告稿', draft: draftAnnouncement },
  supplementLabel: null,
  leftUndone,
  digest,
};
