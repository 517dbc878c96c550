import { describe, expect, it } from 'vitest';
import type { RequestCtx } from '#app/accounts/actor.server.ts';
import { checkByNumber, checkByToken, viewUnitOfficers } from '#app/certificate/check/check-view.server.ts';
import { CHECKS_PER_NUMBER_AND_HOUR } from '#app/certificate/check/limits.server.ts';
import { confirmDecision } from '#app/certificate/register/confirm-decision.server.ts';
import type { ProposeDecisionInput } from '#app/certificate/register/propose-decision.server.ts';
import { proposeDecision } from '#app/certificate/register/propose-decision.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import type { IssuedCard, Office } from './certificate-world.ts';
import { anIssuedCard, anOffice, valueOf } from './certificate-world.ts';

const world = useWorld();
const TODAY = '2026-11-23';

const thePublic = (): RequestCtx => ({ ...world.ctx, actor: null });
const tokenOf = async (card: IssuedCard): Promise<string> =>
  (await world.ctx.db.certificate.findUniqueOrThrow({ where: { id: card.certificateId } })).checkToken;

async function decide(
  office: Office,
  card: IssuedCard,
  change: Partial<ProposeDecisionInput>,
): Promise<void> {
  const { version } = await world.ctx.db.certificate.findUniqueOrThrow({ where: { id: card.certificateId } });
  const { proposalId } = valueOf(
    await proposeDecision(office.reviewer, {
      certificateId: card.certificateId,
      kind: 'recovered',
      reasonCode: 'retired',
      legalBasis: '某省行政执法证件管理办法第二十条',
      documentNo: '某司〔2026〕9号',
      decidingAuthority: '甲县司法局',
      decisionDay: TODAY,
      effectiveFromDay: TODAY,
      effectiveToDay: null,
      detail: { leaveDay: TODAY, receiver: '王某', cardDestroyed: '已销毁', lostDay: TODAY },
      expectedVersion: version,
      commandId: newId(),
      ...change,
    }),
  );
  const answer = {
    certificateId: card.certificateId,
    proposalId,
    expectedVersion: version + 1,
    commandId: newId(),
  };
  valueOf(await confirmDecision(office.approver, answer));
}

describe('the public check (YC14, AJ4, HY10)', () => {
  it('tells today’s truth by token and by number with name, with the public fields only', async () => {
    const office = await anOffice(world.ctx);
    const card = await anIssuedCard(world.ctx, office, '赵某');
    const { answer } = valueOf(await checkByToken(thePublic(), await tokenOf(card), '192.0.2.1'));
    expect(Object.keys(answer ?? {}).sort()).toEqual([
      'area',
      'certificateNo',
      'fieldName',
      'issuingAuthority',
      'personName',
      'since',
      'standing',
      'unitId',
      'unitName',
      'validFromDay',
      'validToDay',
    ]);
    expect(answer).toMatchObject({
      standing: 'active',
      personName: '赵某',
      since: '有效期至 2031年11月22日',
    });
    const grouped = card.certificateNo.replace(/(.{4})/g, '$1 ');
    const byNumber = await checkByNumber(
      thePublic(),
      { certificateNo: grouped, name: '赵　某' },
      '192.0.2.1',
    );
    expect(valueOf(byNumber).answer).toEqual(answer);
  });

  it('answers an unknown number and a wrong name alike', async () => {
    const office = await anOffice(world.ctx);
    const card = await anIssuedCard(world.ctx, office, '赵某');
    const ask = async (certificateNo: string, name: string) =>
      valueOf(await checkByNumber(thePublic(), { certificateNo, name }, '192.0.2.1')).answer;
    expect(await ask(card.certificateNo, '钱某')).toBeNull();
    expect(await ask('00000000000', '赵某')).toBeNull();
    expect(await ask('%', '%')).toBeNull();
    expect(valueOf(await checkByToken(thePublic(), 'x'.repeat(26), '192.0.2.1')).answer).toBeNull();
  });

  it('shows a lost card as 已挂失 and a suspended one as 暂扣 from that moment on', async () => {
    const office = await anOffice(world.ctx);
    const card = await anIssuedCard(world.ctx, office);
    const token = await tokenOf(card);
    const standing = async () => valueOf(await checkByToken(thePublic(), token, undefined)).answer;
    await decide(office, card, {
      kind: 'suspended',
      reasonCode: 'card_lent',
      effectiveToDay: '2027-01-22',
      detail: { statement: '已记录', cardHeldBy: '甲县司法局' },
    });
    expect(await standing()).toMatchObject({
      standing: 'suspended',
      since: '自 2026年11月23日 起暂扣，至 2027年1月22日',
    });
    await decide(office, card, { kind: 'loss_reported', reasonCode: 'lost', detail: { lostDay: TODAY } });
    expect(await standing()).toMatchObject({ standing: 'lost' });
  });

  it('answers an ended card by token for ever, by number for twelve months', async () => {
    const office = await anOffice(world.ctx);
    const card = await anIssuedCard(world.ctx, office, '孙某');
    const token = await tokenOf(card);
    await decide(office, card, {});
    await decide(office, card, { kind: 'cancelled' });
    const standings = async () => {
      const asked = { certificateNo: card.certificateNo, name: '孙某' };
      const byNumber = valueOf(await checkByNumber(thePublic(), asked, undefined)).answer;
      const byToken = valueOf(await checkByToken(thePublic(), token, undefined)).answer;
      return [byNumber?.standing, byToken?.standing];
    };
    try {
      expect(await standings()).toEqual(['cancelled', 'cancelled']);
      world.clock.set('2027-11-23T01:00:00.000Z');
      expect(await standings()).toEqual(['cancelled', 'cancelled']);
      world.clock.set('2027-11-24T01:00:00.000Z');
      expect(await standings()).toEqual([undefined, 'cancelled']);
      world.clock.set('2046-11-24T01:00:00.000Z');
      expect(await standings()).toEqual([undefined, 'cancelled']);
    } finally {
      world.clock.set('2026-11-23T01:00:00.000Z');
    }
  });

  it('tells an active card past its validity as 已过有效期, without any job having run', async () => {
    const office = await anOffice(world.ctx);
    const card = await anIssuedCard(world.ctx, office);
    try {
      world.clock.set('2031-11-22T15:59:59.000Z');
      expect(valueOf(await checkByToken(thePublic(), await tokenOf(card), undefined)).answer?.standing).toBe(
        'active',
      );
      world.clock.set('2031-11-22T16:00:00.000Z');
      const after = valueOf(await checkByToken(thePublic(), await tokenOf(card), undefined)).answer;
      expect(after).toMatchObject({ standing: 'expired', since: '有效期已于 2031年11月22日 届满' });
    } finally {
      world.clock.set('2026-11-23T01:00:00.000Z');
    }
  });

  it('limits tries of names on one number, and leaves other numbers of the same office alone', async () => {
    const office = await anOffice(world.ctx);
    const [one, other] = [
      await anIssuedCard(world.ctx, office, '周某'),
      await anIssuedCard(world.ctx, office, '吴某'),
    ];
    const ask = (card: IssuedCard, name: string) =>
      checkByNumber(thePublic(), { certificateNo: card.certificateNo, name }, '198.51.100.7');
    for (let index = 0; index < CHECKS_PER_NUMBER_AND_HOUR; index += 1) await ask(one, `某${index}`);
    expect(await ask(one, '周某')).toMatchObject({ ok: false, code: 'TOO_MANY_REQUESTS' });
    expect(valueOf(await ask(other, '吴某')).answer?.standing).toBe('active');
    const keys = await world.ctx.db.rateLimit.findMany({ select: { key: true } });
    expect(keys.some(({ key }) => key.includes('198.51.100') || key.includes(one.certificateNo))).toBe(false);
  });
});

describe('the public list of a unit (AJ3, RA5)', () => {
  it('follows every change of state: valid holders only, twenty a page, by name', async () => {
    const office = await anOffice(world.ctx);
    const cards: IssuedCard[] = [];
    for (let index = 0; index < 22; index += 1)
      cards.push(await anIssuedCard(world.ctx, office, `陈${index}`));
    const list = async (page: number, text = '') =>
      valueOf(await viewUnitOfficers(thePublic(), { unitId: office.unitId, text, page }, undefined));
    expect(await list(1)).toMatchObject({ total: 22, page: 1 });
    expect((await list(1)).rows).toHaveLength(20);
    expect((await list(2)).rows).toHaveLength(2);
    expect((await list(9)).page).toBe(1);
    expect((await list(1, '陈21')).rows.map((row) => row.personName)).toEqual(['陈21']);
    const [first] = cards;
    if (first) await decide(office, first, {});
    expect((await list(1)).total).toBe(21);
    const unknown = await viewUnitOfficers(thePublic(), { unitId: newId(), text: '', page: 1 }, undefined);
    expect(unknown).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });
});
