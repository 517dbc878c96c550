import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Drawn, DrawRefusal } from '#app/office/document/draw-paper.server.ts';
import { drawPaper } from '#app/office/document/draw-paper.server.ts';
import type { PaperData, PaperKind, PaperRow } from '#app/office/document/paper.ts';
import { ESTABLISHMENT_LABELS, SEX_LABELS } from '#app/organization/person/person.ts';
import { findPersonCards, homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf, formatDay, formatInstant } from '#app/platform/time/day.ts';
import { APPLICATION_WORDS } from '../application/application.ts';
import type { ApplicationRecord } from '../application/application.store.server.ts';
import { findApplication, listApplicationEvents } from '../application/application.store.server.ts';
import { checkEligibility } from '../application/eligibility.ts';
import { loadEligibilityFacts } from '../application/eligibility-facts.store.server.ts';
import { fieldNames, unitNames } from '../names.store.server.ts';
import { scopeFor } from '../scope.server.ts';
import { REFUSAL_NOTICE, REVIEW_FORM } from './application-papers.ts';
import { listOpenApplicationsOf } from './open-applications.store.server.ts';
import { papersOfApplication } from './offered-papers.ts';

export interface DrawApplicationInput {
  readonly applicationId: string;
  readonly paperCode: string;
  readonly commandId: string;
}

export const APPLICATION_SUBJECT = 'application';

/** The justice bureau of the region, to which a letter is addressed; the region's own words when it is not on record. */
function receivingOffice(tree: OrgTree, regionId: string): string {
  const justice = (tree.unitsOfRegion.get(regionId) ?? [])
    .map((id) => tree.units.get(id))
    .find((unit) => unit?.unitType === 'justice');
  return justice?.name ?? `${tree.regions.get(regionId)?.name ?? ''}司法行政部门`;
}

/** One person of an application as a row of the letter and the roster. */
async function applicantRows(ctx: ActorCtx, applications: readonly ApplicationRecord[]): Promise<PaperRow[]> {
  const ids = applications.map((one) => one.personId);
  const today = dayOf(ctx.clock.now());
  const persons = await findPersonCards(ctx.pool, ids);
  const homes = await homeLinksOn(ctx.pool, ids, today);
  const units = await unitNames(
    ctx.pool,
    applications.map((one) => one.unitId),
  );
  const nameOf = await fieldNames(ctx.pool);
  return applications.map(({ personId, personName, unitId, fieldCode, area }) => {
    const [person, home] = [persons.get(personId), homes.get(personId)];
    return {
      姓名: personName,
      性别: person ? SEX_LABELS[person.sex] : '',
      身份证号: person?.idNumberMasked ?? '',
      工作单位: units.get(unitId) ?? '',
      内设机构: home?.department ?? '',
      职务: home?.position ?? '',
      编制性质: home ? ESTABLISHMENT_LABELS[home.establishment] : '',
      执法领域: nameOf(fieldCode),
      执法区域: area,
      备注: '',
    };
  });
}

async function reviewFormData(ctx: ActorCtx, application: ApplicationRecord): Promise<PaperData> {
  const today = dayOf(ctx.clock.now());
  const question = { ...application, ownApplicationId: application.id };
  const found = (await loadEligibilityFacts(ctx.db, [question], today)).get(application.personId);
  const [row = {}] = await applicantRows(ctx, [application]);
  return {
    values: {
      ...row,
      申报时间: formatInstant(application.filedAt),
      办理状态: APPLICATION_WORDS[application.state],
    },
    rows: {
      申领条件: (found ? checkEligibility(found.facts, today) : []).map((check) => ({
        条件: check.title,
        审查结果: check.isMet ? '符合' : '不符合',
        说明: check.reason,
      })),
    },
  };
}

async function refusalData(
  ctx: ActorCtx,
  application: ApplicationRecord,
  office: string,
): Promise<PaperData> {
  const events = await listApplicationEvents(ctx.db, [application.id]);
  const rules = await loadRules(ctx.pool, application.regionId, dayOf(ctx.clock.now()));
  return {
    values: {
      姓名: application.personName,
      工作单位: (await unitNames(ctx.pool, [application.unitId])).get(application.unitId) ?? '',
      申报日期: formatDay(dayOf(application.filedAt)),
      理由: events.at(-1)?.opinion ?? '',
      受理单位: office,
      申诉期限: `${rules.objectionWorkdays.value}个工作日`,
    },
  };
}

/** Letter and roster speak for the unit: everybody whose application is on its way goes on the list. */
async function unitListData(
  ctx: ActorCtx,
  application: ApplicationRecord,
  office: string,
): Promise<PaperData> {
  const open = await listOpenApplicationsOf(ctx.db, application.unitId);
  const listed = open.some(({ id }) => id === application.id) ? open : [application, ...open];
  return {
    values: {
      申领单位: (await unitNames(ctx.pool, [application.unitId])).get(application.unitId) ?? '',
      受理单位: office,
      申领人数: String(listed.length),
      联系人: ctx.actor.displayName,
    },
    rows: { 申领人员: await applicantRows(ctx, listed) },
  };
}

const dataOf = (
  ctx: ActorCtx,
  paper: PaperKind,
  application: ApplicationRecord,
  office: string,
): Promise<PaperData> => {
  if (paper === REVIEW_FORM) return reviewFormData(ctx, application);
  return paper === REFUSAL_NOTICE
    ? refusalData(ctx, application, office)
    : unitListData(ctx, application, office);
};

/**
 * Draws a paper of one application. Refusals: FORBIDDEN, NOT_FOUND (also outside the reach, and a paper its state does
 * not call for), those of `drawPaper`.
 */
export async function drawApplicationPaper(
  ctx: ActorCtx,
  input: DrawApplicationInput,
): Promise<Outcome<Drawn, DrawRefusal>> {
  if (!mayDo(ctx, 'application.read')) return refused('FORBIDDEN');
  const isInReach = await scopeFor(ctx, 'application.read');
  const application = await findApplication(ctx.db, input.applicationId);
  if (!application || !isInReach(application)) return refused('NOT_FOUND');
  const paper = papersOfApplication(application.state).find(({ code }) => code === input.paperCode);
  if (!paper) return refused('NOT_FOUND');
  const { tree } = await reachFor(ctx, 'application.read');
  const office = receivingOffice(tree, application.regionId);
  const isAboutOne = paper === REVIEW_FORM || paper === REFUSAL_NOTICE;
  const unitName = tree.units.get(application.unitId)?.name ?? '';
  return drawPaper(ctx, {
    paper,
    regionId: application.regionId,
    unitId: application.unitId,
    subject: { kind: APPLICATION_SUBJECT, id: application.id },
    title: `${paper.title}（${isAboutOne ? application.personName : unitName}）`,
    data: await dataOf(ctx, paper, application, office),
    commandId: input.commandId,
  });
}
