import { describe, expect, it } from 'vitest';
import { readPlan } from '#app/office/change/plan-form.ts';
import { filedPlanSchema, keptValuesSchema } from '#app/office/change/filed-plan.schema.ts';
import { buildTree } from '#app/organization/tree/tree.ts';

const [A, B] = ['0190a0a0-0000-7000-8000-00000000000a', '0190a0a0-0000-7000-8000-00000000000b'];
const tree = buildTree('2026-11-23', [], []);
const read = (values: Record<string, string>) => readPlan('rename', values, { picks: [A], tree });
const GOOD = { name: '某　县 城管局 ', effectiveDay: '2028-02-29', documentNo: ' 某编发[2026] 12号' };

describe('the form of an act', () => {
  it('takes names without blanks and numbers in one spelling, on a day that exists', () => {
    const plan = read(GOOD);
    expect(plan.ok && plan.value).toEqual({
      plan: { kind: 'rename', unitId: A, name: '某县城管局' },
      day: '2028-02-29',
      documentNo: '某编发〔2026〕12号',
    });
  });

  it.each([
    ['2027-02-29', '没有这一天，请核对，如 2026-11-21'],
    ['昨天', '没有这一天，请核对，如 2026-11-21'],
    ['', '请填写生效日期，如 2026-11-21'],
  ])('names what is wrong with the day %j', (effectiveDay, message) => {
    const plan = read({ ...GOOD, effectiveDay });
    expect(plan.ok ? [] : plan.errors.map((error) => [error.name, error.message])).toEqual([
      ['effectiveDay', message],
    ]);
  });

  it('is read again from the preview by the same rules; what is no plan is refused', () => {
    const commandId = B;
    const plan = JSON.stringify({ kind: 'rename', unitId: A, name: '新　名局' });
    const posted = { plan, effectiveDay: '2026-11-23', documentNo: '某编发【2026】1号', commandId };
    const parsed = filedPlanSchema.safeParse(posted);
    expect(parsed.success && [parsed.data.plan, parsed.data.documentNo]).toEqual([
      { kind: 'rename', unitId: A, name: '新名局' },
      '某编发〔2026〕1号',
    ]);
    for (const broken of ['{', '[]', '{"kind":"rename"}', '{"kind":"drop","unitId":"x"}'])
      expect(filedPlanSchema.safeParse({ ...posted, plan: broken }).success).toBe(false);
    expect(keptValuesSchema.safeParse('{"name":"甲"}').data).toEqual({ name: '甲' });
    for (const broken of ['', '[1]', '{"name":1}', null])
      expect(keptValuesSchema.safeParse(broken).success).toBe(false);
  });
});
