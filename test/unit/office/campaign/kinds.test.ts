import { describe, expect, it } from 'vitest';
import { ENTITY_CONFIRMATION } from '#app/office/campaign/kinds/entity-confirmation.ts';
import type { EntityAnswerItem } from '#app/office/campaign/kinds/entity-confirmation.ts';
import { entityFormValues, readEntityForm } from '#app/office/campaign/kinds/entity-form.ts';
import { ROSTER_CLEARING, cardProposalFor } from '#app/office/campaign/kinds/roster-clearing.ts';
import { readRosterForm, rosterFormValues } from '#app/office/campaign/kinds/roster-form.ts';
import { decideConfirmation } from '#app/organization/entity/decide-confirmation.ts';
import { NO_DETAILS } from '#app/organization/entity/entity.ts';
import { isCreditCode } from '#app/organization/register/credit-code.ts';

const statement = {
  name: '甲市城管局',
  entityType: 'organ' as const,
  legalBasis: '某法第一条',
  entrustingUnitId: null,
  entrustingUnitName: null,
  creditCode: null,
  details: NO_DETAILS,
};
const known: EntityAnswerItem = {
  verdict: 'same',
  entityId: 'e1',
  before: statement,
  statement: null,
  reason: null,
  proofNo: null,
};
const facts = {
  preset: [known],
  entrusting: [{ unitId: 'u9', name: '甲市政府' }],
  newEntityId: (key: string) => `id-${key}`,
};
const preset = entityFormValues({ preparer: '王某', phone: null, items: [known] });
const problemsOf = (values: Record<string, string>) => {
  const read = readEntityForm({ ...preset, ...values }, facts);
  return read.ok ? [] : Object.keys(read.problems).sort();
};

describe('the form of the entity confirmation', () => {
  it('handed in untouched says nothing is different', () => {
    const read = readEntityForm(preset, facts);
    expect(read.ok && ENTITY_CONFIRMATION.digest(read.content)).toEqual({
      exceptions: [],
      figures: { same: 1, changed: 0, new: 0, abolished: 0 },
    });
  });

  it('names every field that is missing for a change, and refuses a change that changes nothing', () => {
    expect(problemsOf({ 'e1.verdict': 'changed' })).toEqual(['e1.proofNo', 'e1.reason', 'e1.verdict']);
    expect(problemsOf({ 'e1.verdict': 'abolished' })).toEqual(['e1.proofNo', 'e1.reason']);
    expect(problemsOf({ preparer: ' ' })).toEqual(['preparer']);
    expect(problemsOf({ 'new1.name': '新局' })).toEqual([
      'new1.entityType',
      'new1.legalBasis',
      'new1.proofNo',
      'new1.reason',
    ]);
  });

  it('asks an entrusted body for its organ and term (行政处罚法 §20)', () => {
    const entrusted = {
      'e1.verdict': 'changed',
      'e1.entityType': 'entrusted',
      'e1.reason': '改为委托',
      'e1.proofNo': '甲〔2026〕1号',
    };
    expect(problemsOf(entrusted)).toEqual(['e1.entrustedUntil', 'e1.entrustingUnitId']);
    expect(
      problemsOf({ ...entrusted, 'e1.entrustingUnitId': 'foreign', 'e1.entrustedUntil': '2027-01-01' }),
    ).toEqual(['e1.entrustingUnitId']);
    expect(
      problemsOf({ ...entrusted, 'e1.entrustingUnitId': 'u9', 'e1.entrustedUntil': '2027年1月1日' }),
    ).toEqual([]);
  });

  it('gives an answer back as the form that gave it', () => {
    const values = {
      'e1.verdict': 'changed',
      'e1.name': '甲市综合执法局',
      'e1.reason': '更名',
      'e1.proofNo': '甲〔2026〕2号',
    };
    const read = readEntityForm({ ...preset, ...values }, facts);
    if (!read.ok) throw new Error('complete');
    const again = readEntityForm(entityFormValues(read.content), facts);
    expect(again).toEqual(read);
    expect(ENTITY_CONFIRMATION.digest(read.content).exceptions[0]).toMatchObject({
      verdict: '有变更',
      facts: [{ label: '主体名称', before: '甲市城管局', after: '甲市综合执法局' }, {}, {}],
    });
  });

  it('checks the sign of a 统一社会信用代码', () => {
    expect(isCreditCode('91350100M000100Y43')).toBe(true);
    expect(isCreditCode('91350100M000100Y44')).toBe(false);
    expect(problemsOf({ 'new1.creditCode': '123' })).toContain('new1.creditCode');
  });

  it('drafts an announcement of all that stands and leaves out what was abolished', () => {
    const content = {
      preparer: '王某',
      phone: null,
      items: [
        known,
        { ...known, entityId: 'e2', verdict: 'abolished' as const, reason: '撤销', proofNo: '甲1号' },
      ],
    };
    const draft = ENTITY_CONFIRMATION.announcement.draft([{ unitName: '甲市城管局', content }], {
      year: 2026,
      regionName: '甲市',
      title: '确认',
      approvingOrgan: '甲市人民政府',
      documentNo: '甲政〔2026〕1号',
      effectiveDay: '2026-03-20',
      isSupplement: false,
    });
    expect(draft.rows).toBe(1);
    expect(draft.text).toContain('具有行政执法主体资格的单位共1个');
    expect(draft.data.rows?.['执法主体']).toHaveLength(1);
  });
});

describe('the confirmation in the register', () => {
  const held = {
    rowId: 'r1',
    entityId: 'e1',
    unitId: 'u1',
    ...statement,
    confirmationNo: '旧',
    announcedDay: '2025-03-20',
    validFrom: '2020-01-01',
    validTo: null,
  };
  const confirmation = { documentNo: '新', effectiveDay: '2026-03-20' };

  it('cuts the row on the day, keeps what was, and never touches what is planned later', () => {
    const lines = [{ verdict: 'same' as const, unitId: 'u1', entityId: 'e1' }];
    const plan = decideConfirmation([{ ...held, validTo: '2027-01-01' }], lines, confirmation);
    expect(plan.supersede).toEqual(['r1']);
    expect(
      plan.insert.map(({ validFrom, validTo, confirmationNo }) => [validFrom, validTo, confirmationNo]),
    ).toEqual([
      ['2020-01-01', '2026-03-20', '旧'],
      ['2026-03-20', '2027-01-01', '新'],
    ]);
  });

  it('on the very day a row began replaces it; an abolished one ends; one that has gone is told', () => {
    const began = { ...held, validFrom: '2026-03-20' };
    const same = [{ verdict: 'same' as const, unitId: 'u1', entityId: 'e1' }];
    expect(decideConfirmation([began], same, confirmation).insert).toHaveLength(1);
    const abolished = [{ verdict: 'abolished' as const, unitId: 'u1', entityId: 'e1' }];
    expect(decideConfirmation([held], abolished, confirmation).insert).toMatchObject([
      { validTo: '2026-03-20' },
    ]);
    expect(decideConfirmation([{ ...held, unitId: 'u2' }], same, confirmation)).toEqual({
      supersede: [],
      insert: [],
      gone: ['e1'],
    });
  });
});

describe('the form of the roster', () => {
  const people = ['p1', 'p2'].map((personId) => ({
    personId,
    name: personId,
    idNumberMasked: '9901**********0001',
    position: null,
  }));
  const today = '2026-11-23';
  const read = (values: Record<string, string>) =>
    readRosterForm({ preparer: '王某', ...values }, people, today);

  it('untouched says everyone is 在岗', () => {
    const answer = read({});
    expect(answer.ok && ROSTER_CLEARING.digest(answer.content)).toEqual({
      exceptions: [],
      figures: { on_post: 2, left: 0, away: 0 },
    });
  });

  it('asks for day, proof and, for absences, the expected return; days far away are refused', () => {
    const leaving = read({ 'p1.status': 'retired' });
    expect(leaving.ok ? [] : Object.keys(leaving.problems)).toEqual(['p1.day', 'p1.proofNo']);
    const away = { 'p1.status': 'secondment', 'p1.day': '2026-11-01', 'p1.proofNo': '甲1号' };
    const open = read(away);
    expect(open.ok ? [] : Object.keys(open.problems)).toEqual(['p1.until']);
    expect(read({ ...away, 'p1.until': '2026-10-01' }).ok).toBe(false);
    expect(read({ ...away, 'p1.until': '2027-11-01' }).ok).toBe(true);
    expect(read({ ...away, 'p1.day': '2020-01-01', 'p1.until': '2027-11-01' }).ok).toBe(false);
  });

  it('reads nobody who is not of the unit, and gives an answer back as its form', () => {
    const values = { 'p2.status': 'deceased', 'p2.day': '2026-11-02', 'p2.proofNo': '证明' };
    const answer = read({ ...values, 'foreign.status': 'retired' });
    if (!answer.ok) throw new Error('complete');
    expect(answer.content.exceptions.map((one) => one.personId)).toEqual(['p2']);
    expect(read(rosterFormValues(answer.content))).toEqual(answer);
    expect([cardProposalFor('deceased'), cardProposalFor('retired')]).toEqual(['cancel', 'recover']);
  });
});
