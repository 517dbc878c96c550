import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Drawn, DrawRefusal } from '#app/office/document/draw-paper.server.ts';
import { drawPaper } from '#app/office/document/draw-paper.server.ts';
import type { PaperRow } from '#app/office/document/paper.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { STANDING_WORDS } from '../register/certificate.ts';
import type { EntitlementPage } from '../register/entitlement-view.server.ts';
import { viewEntitlement } from '../register/entitlement-view.server.ts';
import { NO_RECORD_TEXT } from '../register/entitlement.ts';
import { STATUS_PROOF } from './application-papers.ts';
import { MOST_PERSONS } from './proof-limits.ts';

export const PROOF_SUBJECT = 'status_proof';

export interface StatusProofInput {
  readonly personIds: readonly string[];
  readonly day: Day;
  readonly caseNo: string;
  readonly applicant: string;
  readonly commandId: string;
}

export type StatusProofRefusal = DrawRefusal | 'DAY_IN_FUTURE' | 'PROOF_PERSONS';

const CONCLUSIONS = {
  entitled: '当日具备执法资格并持有有效证件',
  not_entitled: '当日不具备持证执法的全部条件',
  no_record: NO_RECORD_TEXT,
} as const;

/** One person's line of the proof; where nothing is on record every cell says so, never 「无」. */
export function proofRow(
  page: Pick<EntitlementPage, 'person' | 'entitlement' | 'home' | 'standing' | 'postedUnits' | 'cards'>,
): PaperRow {
  const { person, entitlement, home, standing, postedUnits, cards } = page;
  const whole = { 姓名: person.name, 身份证号: person.idNumberMasked, 结论: CONCLUSIONS[entitlement.answer] };
  if (entitlement.answer === 'no_record') {
    const none = NO_RECORD_TEXT;
    return {
      ...whole,
      单位名称: none,
      执法主体: none,
      委托机关: none,
      执法资格: none,
      证件情况: none,
      领域和区域: none,
    };
  }
  const posted = postedUnits.length > 0 ? `（派驻或借调：${postedUnits.join('、')}）` : '';
  const qualification = entitlement.lines.find((line) => line.title === '执法资格');
  return {
    ...whole,
    单位名称: `${standing?.unitName ?? '当日不在任何单位在岗'}${posted}`,
    执法主体: standing?.entity?.name ?? '无',
    委托机关: standing?.entity?.entrustingUnitName ?? '无',
    执法资格: qualification ? (qualification.isMet ? '具备' : '不具备') : '无',
    证件情况:
      cards.length === 0
        ? '当日没有证件'
        : cards.map((card) => `${card.certificateNo}，${STANDING_WORDS[card.status.shown]}`).join('；'),
    领域和区域: [home?.fieldName, home?.enforcementArea].filter((part) => part).join('，') || '未登记',
  };
}

/**
 * 资格和证件情况证明 for several persons on one day, with case number and applicant; every proof is a document, so the list
 * of documents is the log of issues. Refusals: FORBIDDEN, NOT_FOUND (a person outside the reach), DAY_IN_FUTURE,
 * PROOF_PERSONS (none, or too many), those of `drawPaper`.
 */
export async function drawStatusProof(
  ctx: ActorCtx,
  input: StatusProofInput,
): Promise<Outcome<Drawn, StatusProofRefusal>> {
  if (!mayDo(ctx, 'certificate.decide')) return refused('FORBIDDEN');
  const personIds = [...new Set(input.personIds)];
  if (personIds.length === 0 || personIds.length > MOST_PERSONS)
    return refused('PROOF_PERSONS', { most: MOST_PERSONS });
  const pages: EntitlementPage[] = [];
  for (const personId of personIds) {
    const page = await viewEntitlement(ctx, personId, input.day);
    if (!page.ok) return page;
    pages.push(page.value);
  }
  const { tree, regionIds } = await reachFor(ctx, 'certificate.decide');
  const own = ctx.actor.grants.find(
    (grant) => grant.role === 'justice_bureau' && grant.regionId && regionIds.has(grant.regionId),
  );
  const regionId = own?.regionId;
  if (!regionId) return refused('NOT_FOUND');
  const office = (tree.unitsOfRegion.get(regionId) ?? [])
    .map((id) => tree.units.get(id))
    .find((unit) => unit?.unitType === 'justice');
  const [first] = pages;
  const names = `${first?.person.name ?? ''}${pages.length > 1 ? `等${pages.length}人` : ''}`;
  return drawPaper(ctx, {
    paper: STATUS_PROOF,
    regionId,
    subject: { kind: PROOF_SUBJECT, id: `${personIds[0] ?? ''}:${input.day}` },
    title: `${STATUS_PROOF.title}（${names}，${formatDay(input.day)}）`,
    data: {
      values: {
        申请单位: input.applicant,
        案号: input.caseNo === '' ? '有关事项' : `${input.caseNo}一案`,
        查询日期: formatDay(input.day),
        出具单位: office?.name ?? `${tree.regions.get(regionId)?.name ?? ''}司法行政部门`,
        登记截至: formatInstant(ctx.clock.now()),
      },
      rows: { 人员: pages.map(proofRow) },
    },
    commandId: input.commandId,
  });
}
