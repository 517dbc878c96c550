import { describe, expect, it } from 'vitest';
import { viewApplication } from '#app/certificate/application/application-view.server.ts';
import { viewApplications } from '#app/certificate/application/applications-view.server.ts';
import { APPLICATIONS_TABLE } from '#app/certificate/application/applications-table-spec.ts';
import { fileApplication } from '#app/certificate/application/file-application.server.ts';
import { viewCandidates, viewFiling } from '#app/certificate/application/filing-view.server.ts';
import { reviewApplication } from '#app/certificate/application/review-application.server.ts';
import { viewCertificate } from '#app/certificate/register/certificate-view.server.ts';
import { findEntitled, viewEntitlement } from '#app/certificate/register/entitlement-view.server.ts';
import { viewOwnCard } from '#app/certificate/register/own-card-view.server.ts';
import { REGISTER_TABLE } from '#app/certificate/register/register-table-spec.ts';
import { viewRegister } from '#app/certificate/register/register-view.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { useWorld } from '#test/support/database.ts';
import { aPerson, anActor } from '#test/support/world.ts';
import { aFiling, aQualifiedPerson, aStep, anIssuedCard, anOffice, valueOf } from './certificate-world.ts';

const world = useWorld();
const TODAY = '2026-11-23';
const registerQuery = (search: string) => parseTableQuery(new URLSearchParams(search), REGISTER_TABLE);

describe('the register', () => {
  it('shows only what the viewer reaches, and its counts are its rows', async () => {
    const { ctx } = world;
    const [office, other] = [await anOffice(ctx), await anOffice(ctx)];
    for (const name of ['张一', '张二', '李三']) await anIssuedCard(ctx, office, name);
    await anIssuedCard(ctx, other, '张四');
    const page = valueOf(await viewRegister(office.reviewer, registerQuery('')));
    expect(page.total).toBe(3);
    expect(page.rows).toHaveLength(3);
    expect(page.counts.find((one) => one.standing === 'active')?.count).toBe(3);
    const found = valueOf(await viewRegister(office.reviewer, registerQuery('?q=张')));
    expect(found.rows.map((row) => row.personName).sort()).toEqual(['张一', '张二']);
    const number = page.rows[0]?.certificateNo ?? '';
    const byNumber = valueOf(await viewRegister(office.reviewer, registerQuery(`?q=${number}`)));
    expect(byNumber.rows.map((row) => row.certificateNo)).toEqual([number]);
    expect(valueOf(await viewRegister(office.reviewer, registerQuery('?f.state=revoked'))).total).toBe(0);
    expect(valueOf(await viewRegister(office.reviewer, registerQuery('?f.validTo=within30'))).total).toBe(0);
    expect(valueOf(await viewRegister(office.reviewer, registerQuery('?f.unit=没有'))).total).toBe(0);
    expect(await viewRegister(office.liaison, registerQuery(''))).toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each(['number:asc', 'name:desc', 'validTo:asc', 'issued:desc'])('sorts by %s', async (sort) => {
    const office = await anOffice(world.ctx);
    await anIssuedCard(world.ctx, office);
    expect(valueOf(await viewRegister(office.reviewer, registerQuery(`?sort=${sort}`))).rows).toHaveLength(1);
  });

  it('a card’s page tells the way from exam to card and offers the bureau what the state allows', async () => {
    const { ctx } = world;
    const [office, other] = [await anOffice(ctx), await anOffice(ctx)];
    const card = await anIssuedCard(ctx, office);
    const page = valueOf(await viewCertificate(office.reviewer, card.certificateId, 'https://example.test'));
    expect(page.history.map((item) => item.title)).toEqual([
      '公共法律知识考试：取得执法资格',
      '申领：单位申报',
      '申领：初审通过',
      '申领：批准核发',
      '申领：核发证件',
      '核发',
      '发放',
    ]);
    expect(page.deciding?.offered).toEqual(['suspended', 'revoked', 'recovered', 'loss_reported']);
    expect(page.checkUrl).toMatch(/^https:\/\/example\.test\/verify\/[0-9a-z]{26}$/);
    const { regionId } = office;
    const supervisor = await anActor(ctx, {
      grants: [{ role: 'supervisor', scopeKind: 'region', regionId }],
    });
    expect(valueOf(await viewCertificate(supervisor, card.certificateId, 'x')).deciding).toBeNull();
    expect(await viewCertificate(other.reviewer, card.certificateId, 'x')).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await viewCertificate(office.reviewer, newId(), 'x')).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('was X entitled on day D? (AJ7)', () => {
  it('yes on the day of issue, no before, and no claim before the first record', async () => {
    const { ctx } = world;
    const [office, other] = [await anOffice(ctx), await anOffice(ctx)];
    const card = await anIssuedCard(ctx, office, '郑某');
    const on = async (day: string) => valueOf(await viewEntitlement(office.reviewer, card.personId, day));
    expect((await on(TODAY)).entitlement).toMatchObject({ answer: 'entitled' });
    const before = await on('2026-11-22');
    expect(before.entitlement.answer).toBe('not_entitled');
    expect(before.entitlement.lines.filter((line) => !line.isMet).map((line) => line.title)).toEqual([
      '执法资格',
      '执法证件',
    ]);
    expect((await on('2019-12-31')).entitlement).toEqual({ answer: 'no_record', lines: [] });
    expect(await viewEntitlement(office.reviewer, card.personId, '2026-11-24')).toMatchObject({
      code: 'DAY_IN_FUTURE',
    });
    expect(await viewEntitlement(other.reviewer, card.personId, TODAY)).toMatchObject({ code: 'NOT_FOUND' });
    const found = valueOf(await findEntitled(office.reviewer, '郑'));
    expect(found.found.map((person) => person.personId)).toEqual([card.personId]);
    expect(valueOf(await findEntitled(office.reviewer, card.certificateNo)).found).toHaveLength(1);
    expect(valueOf(await findEntitled(other.reviewer, '郑')).found).toEqual([]);
    expect(await findEntitled(office.liaison, '郑')).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the own card', () => {
  it('shows the card as it is; without one the whole chain of what is missing, with its clauses (HY10, ZY10)', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const card = await anIssuedCard(ctx, office);
    const grants = [{ role: 'officer', scopeKind: 'self' }] as const;
    const holder = await anActor(ctx, { personId: card.personId, grants });
    const own = valueOf(await viewOwnCard(holder, 'https://example.test'));
    expect(own.cards.map((one) => one.status.shown)).toEqual(['active']);
    expect(own.chain).toBeNull();

    const novice = await aPerson(ctx, { unitId: office.unitId });
    const applicant = await anActor(ctx, { personId: novice, grants });
    const without = valueOf(await viewOwnCard(applicant, 'https://example.test'));
    expect(without.cards).toEqual([]);
    const missing = without.chain?.filter((step) => step.standing === 'missing').map((step) => step.title);
    expect(missing).toEqual(['执法资格（公共法律知识考试合格）', '单位申报', '初审', '批准', '核发证件']);
    expect(without.chain?.every((step) => step.clause.citation !== '')).toBe(true);
  });

  it('follows the application step by step', async () => {
    const { ctx } = world;
    const office = await anOffice(ctx);
    const personId = await aQualifiedPerson(ctx, office);
    const applicant = await anActor(ctx, { personId, grants: [{ role: 'applicant', scopeKind: 'self' }] });
    const standings = async () => {
      const chain = valueOf(await viewOwnCard(applicant, 'x')).chain ?? [];
      return chain.slice(-4).map((step) => step.standing);
    };
    const { applicationId } = valueOf(await fileApplication(office.liaison, aFiling(personId)));
    expect(await standings()).toEqual(['done', 'waiting', 'missing', 'missing']);
    valueOf(await reviewApplication(office.reviewer, { ...aStep(applicationId, 1), verdict: 'accepted' }));
    expect(await standings()).toEqual(['done', 'done', 'waiting', 'missing']);
    const back = { ...aStep(applicationId, 2), verdict: 'returned', opinion: '单位名称有误' } as const;
    valueOf(await reviewApplication(office.reviewer, back));
    expect(await standings()).toEqual(['waiting', 'missing', 'missing', 'missing']);
    const chain = valueOf(await viewOwnCard(applicant, 'x')).chain ?? [];
    expect(chain.find((step) => step.key === 'file')?.text).toContain('单位名称有误');
  });
});

describe('applications', () => {
  it('lists own people with what they lack, and files only for who lacks nothing', async () => {
    const { ctx } = world;
    const [office, other] = [await anOffice(ctx), await anOffice(ctx)];
    const qualified = await aQualifiedPerson(ctx, office, '冯某');
    const novice = await aPerson(ctx, { unitId: office.unitId, name: '陈某' });
    await aQualifiedPerson(ctx, other, '褚某');
    await anIssuedCard(ctx, office, '卫某');
    const page = valueOf(await viewCandidates(office.liaison, { text: '', all: false, page: 1 }));
    expect(page.rows.map((row) => [row.name, row.unmet.map((check) => check.code)])).toEqual([
      ['冯某', []],
      ['陈某', ['NO_QUALIFICATION']],
    ]);
    expect(valueOf(await viewCandidates(office.liaison, { text: '', all: true, page: 1 })).total).toBe(3);
    expect(valueOf(await viewFiling(office.liaison, qualified, null))).toMatchObject({
      isEligible: true,
      fieldCode: 'URBAN',
    });
    expect(valueOf(await viewFiling(office.liaison, novice, 'NONSENSE')).isEligible).toBe(false);
    expect(await viewFiling(other.liaison, qualified, null)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await viewFiling(office.reviewer, qualified, null)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('offers each viewer the own steps and names the second person that is needed', async () => {
    const { ctx } = world;
    const [office, other] = [await anOffice(ctx), await anOffice(ctx)];
    const personId = await aQualifiedPerson(ctx, office);
    const { applicationId } = valueOf(await fileApplication(office.liaison, aFiling(personId)));
    const steps = async (actor: typeof office.liaison) =>
      valueOf(await viewApplication(actor, applicationId)).steps.map((step) => [step.kind, step.refusal]);
    expect(await steps(office.liaison)).toEqual([]);
    expect(await steps(office.reviewer)).toEqual([
      ['accepted', null],
      ['returned', null],
    ]);
    valueOf(await reviewApplication(office.reviewer, { ...aStep(applicationId, 1), verdict: 'accepted' }));
    expect(await steps(office.reviewer)).toEqual([
      ['returned', null],
      ['approved', 'MAKER_IS_CHECKER'],
      ['rejected', 'MAKER_IS_CHECKER'],
    ]);
    expect(await steps(office.approver)).toEqual([
      ['returned', null],
      ['approved', null],
      ['rejected', null],
    ]);
    expect(await viewApplication(other.reviewer, applicationId)).toMatchObject({ code: 'NOT_FOUND' });
    const query = parseTableQuery(new URLSearchParams(), APPLICATIONS_TABLE);
    expect(valueOf(await viewApplications(office.reviewer, query)).total).toBe(1);
    expect(valueOf(await viewApplications(office.liaison, query)).total).toBe(1);
    expect(valueOf(await viewApplications(other.reviewer, query)).total).toBe(0);
  });
});
