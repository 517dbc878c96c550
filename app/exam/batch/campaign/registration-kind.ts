import { z } from 'zod';
import { reviewPath } from '#app/office/campaign/campaign.ts';
import type {
  Announcement,
  AnnouncementFacts,
  AnswerDigest,
  CampaignKind,
  CountedAnswer,
} from '#app/office/campaign/kinds/kind.ts';
import { VERDICTS, VERDICT_LABELS } from '../../eligibility/eligibility.ts';
import { summaryData } from '../papers/summary.ts';
import { REGISTRATION_SUMMARY } from '../papers/registration-papers.ts';

const listedPerson = z.object({
  registrationId: z.string(),
  name: z.string(),
  verdict: z.enum(VERDICTS).nullable(),
  route: z.enum(['regular', 'late']),
  note: z.string().nullable(),
});

/** A unit's list as it was handed in; who is decided how stands beside each registration. */
export const registrationAnswerSchema = z.object({
  batchId: z.string(),
  preparer: z.string(),
  phone: z.string().nullable(),
  people: z.array(listedPerson),
});
export type RegistrationAnswer = z.infer<typeof registrationAnswerSchema>;

function digest(content: unknown): AnswerDigest {
  const { people } = registrationAnswerSchema.parse(content);
  const fact = (label: string, after: string) => ({ label, before: null, after });
  return {
    exceptions: people.map((one) => ({
      key: one.registrationId,
      verdict: one.route === 'late' ? '补报' : '报名',
      title: one.name,
      facts: [
        ...(one.verdict === null ? [] : [fact('资格审查', VERDICT_LABELS[one.verdict])]),
        ...(one.note === null ? [] : [fact('说明', one.note)]),
      ],
    })),
    figures: {
      registered: people.length,
      to_look: people.filter((one) => one.verdict === 'needs_look').length,
    },
  };
}

/** How many people which unit has registered; names are for those who decide. */
function draftAnnouncement(answers: readonly CountedAnswer[], facts: AnnouncementFacts): Announcement {
  const units = answers.flatMap(({ unitName, content }) => {
    const { people } = registrationAnswerSchema.parse(content);
    if (people.length === 0) return [];
    const late = people.filter((one) => one.route === 'late').length;
    const none = { approved: 0, refused: 0, deferred: 0, exempt: 0, withdrawn: 0, waiting: 0 };
    return [{ unitName, registered: people.length, late, ...none }];
  });
  const total = units.reduce((sum, unit) => sum + unit.registered, 0);
  const title = `${facts.title}情况`;
  const lead = `${facts.regionName}共有${units.length}个单位${total}人报名，个人资格审核结果由各单位通知本人。`;
  const lines = units.map((unit, index) => `${index + 1}. ${unit.unitName}：${unit.registered}人`);
  return {
    title,
    text: [title, ...(facts.documentNo === null ? [] : [facts.documentNo]), lead, ...lines].join('\n'),
    rows: units.length,
    data: summaryData({
      title: facts.title,
      regionName: facts.regionName,
      office: facts.approvingOrgan ?? `${facts.regionName}司法局`,
      units,
    }),
  };
}

const answerPage = (campaignId: string, unitId: string): string =>
  `/coordinate/registrations?campaign=${campaignId}&unit=${unitId}`;

/** 考试报名 on the office's machinery: notice, list of each unit, reminders, review, summary (domain.md §11.4). */
export const EXAM_REGISTRATION: CampaignKind = {
  code: 'exam_registration',
  label: '考试报名',
  sameLabel: '本单位无人报名',
  stampedForm: null,
  defaultWorkdays: 10,
  title: (year) => `${year}年度行政执法资格考试报名`,
  body: () =>
    '请各单位核对拟报考人员是否在编在岗、在执法岗位、学完规定课程，逐人报名后报送名单。' +
    '\n无人报名的，也请报送。乡镇、街道人员由司法所初审，司法局审核后通知。',
  figures: [
    { key: 'registered', label: '报名', unit: '人' },
    { key: 'to_look', label: '需核实', unit: '人' },
  ],
  approvalEffect: '报名工作结束登记；个人能否参考，以考试批次中逐人审核的结果为准。',
  announcement: { paper: REGISTRATION_SUMMARY, label: '报名情况公告稿', draft: draftAnnouncement },
  supplementLabel: null,
  pages: { answer: answerPage, review: reviewPath },
  digest,
};
