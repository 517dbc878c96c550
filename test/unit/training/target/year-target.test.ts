import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, yearOf } from '#app/platform/time/day.ts';
import type { ExemptionFact, HomeFact, TargetRules, YearFacts } from '#app/training/target/year-target.ts';
import { monthsFrom, ownTarget, partOfYearFloor } from '#app/training/target/year-target.ts';

const HOUR = 2700;
const RULES: TargetRules = {
  yearlyCreditSeconds: 60 * HOUR,
  keyFieldCreditSeconds: 30 * HOUR,
  isKeyFieldInsideYearly: true,
  keyFields: ['ECO', 'WATER'],
  isProRata: true,
  isKeyFieldProRata: false,
};

const home = (over: Partial<HomeFact> = {}): HomeFact => ({
  validFrom: '2019-03-01',
  validTo: null,
  fieldCode: 'URBAN',
  isBeginUnknown: false,
  ...over,
});
const exemption = (over: Partial<ExemptionFact> = {}): ExemptionFact => ({
  requestId: 'r1',
  effect: 'reduce',
  reason: 'long_illness',
  fromDay: '2026-03-01',
  toDay: '2026-05-31',
  months: 3,
  documentNo: null,
  ...over,
});
const facts = (homes: readonly HomeFact[], over: Partial<YearFacts> = {}): YearFacts => ({
  year: 2026,
  day: '2026-12-31',
  homes,
  holdsCard: true,
  exemptions: [],
  ...over,
});
const target = (year: YearFacts, rules: TargetRules = RULES) => ownTarget(year, rules);

describe('case 1, newcomer (domain.md §4.2)', () => {
  it.each([
    ['2026-01-01', 60],
    ['2026-01-31', 60],
    ['2026-04-15', 45],
    ['2026-07-01', 30],
    ['2026-12-31', 5],
  ])('who came on %s owes %d 学时: the months from the one of coming', (day, hours) => {
    expect(target(facts([home({ validFrom: day })])).yearlySeconds).toBe(hours * HOUR);
  });

  it('both figures are told, whichever of them the region uses', () => {
    const came = facts([home({ validFrom: '2026-04-10' })]);
    const both = { kind: 'newcomer', months: 9, proRataSeconds: 45 * HOUR, fullSeconds: 60 * HOUR };
    expect(target(came).yearlyReasons).toEqual([expect.objectContaining({ ...both, isApplied: true })]);
    const off = target(came, { ...RULES, isProRata: false });
    expect(off.yearlySeconds).toBe(60 * HOUR);
    expect(off.yearlyReasons).toEqual([expect.objectContaining({ ...both, isApplied: false })]);
  });

  it('owes the key-field hours by the same months', () => {
    const own = target(facts([home({ validFrom: '2026-07-01', fieldCode: 'ECO' })]));
    expect(own.keyFieldSeconds).toBe(15 * HOUR);
  });

  it('nobody is a newcomer because a roster was imported: it does not say since when', () => {
    const own = target(facts([home({ validFrom: '2026-06-15', isBeginUnknown: true })]));
    expect(own).toMatchObject({ yearlySeconds: 60 * HOUR, yearlyReasons: [] });
  });

  it('whatever the post: the month of coming counts, not that of a change of post (§7 M1, M3)', () => {
    const own = target(
      facts([home({ validTo: '2026-10-01', fieldCode: null }), home({ validFrom: '2026-10-01' })]),
    );
    expect(own).toMatchObject({ yearlySeconds: 60 * HOUR, yearlyReasons: [] });
    const came = [
      home({ validFrom: '2026-07-05', validTo: '2026-10-01', fieldCode: null }),
      home({ validFrom: '2026-10-01' }),
    ];
    expect(target(facts(came)).yearlySeconds).toBe(30 * HOUR);
  });
});

describe('case 2, transfer between units', () => {
  it('changes nothing: the year began in the other unit', () => {
    const moved = facts([home({ validTo: '2026-06-01' }), home({ validFrom: '2026-06-01' })]);
    expect(target(moved)).toMatchObject({ standing: 'due', yearlySeconds: 60 * HOUR });
  });
});

describe('case 3, change of field in the year into a key field', () => {
  const changed = facts([
    home({ validTo: '2026-09-01' }),
    home({ validFrom: '2026-09-01', fieldCode: 'WATER' }),
  ]);

  it('the field on 31 December decides: the whole thirty', () => {
    expect(target(changed).keyFieldSeconds).toBe(30 * HOUR);
    expect(target({ ...changed, day: '2026-08-31' }).keyFieldSeconds).toBeNull();
  });

  it('with the switch by months from the month of the change', () => {
    const own = target(changed, { ...RULES, isKeyFieldProRata: true });
    expect(own.keyFieldSeconds).toBe(10 * HOUR);
    expect(own.keyFieldReasons).toEqual([
      { kind: 'key_field', fieldCode: 'WATER', sinceDay: '2026-09-01', months: 4, isApplied: true },
    ]);
  });

  it('who leaves the key field before 31 December owes nothing of it', () => {
    const left = facts([
      home({ fieldCode: 'ECO', validTo: '2026-12-31' }),
      home({ validFrom: '2026-12-31' }),
    ]);
    expect(target(left).keyFieldSeconds).toBeNull();
  });

  it('from one key field into another is no change', () => {
    const own = target(
      facts([
        home({ fieldCode: 'ECO', validTo: '2026-09-01' }),
        home({ fieldCode: 'WATER', validFrom: '2026-09-01' }),
      ]),
      { ...RULES, isKeyFieldProRata: true },
    );
    expect(own.keyFieldSeconds).toBe(30 * HOUR);
  });

  it('ZY2: outside the sixty, the key-field hours come on top of the year', () => {
    const rules = { ...RULES, isKeyFieldInsideYearly: false };
    expect(target(facts([home({ fieldCode: 'ECO' })]), rules).yearlySeconds).toBe(90 * HOUR);
    expect(target(facts([home()]), rules).yearlySeconds).toBe(60 * HOUR);
  });
});

describe('case 4, dispatched officer', () => {
  it('is counted once, at home: a posting is no home and changes no target', () => {
    expect(target(facts([home()]))).toMatchObject({ standing: 'due', yearlySeconds: 60 * HOUR });
  });

  it('with a home in a key field owes its hours, wherever the posting is', () => {
    expect(target(facts([home({ fieldCode: 'WATER' })])).keyFieldSeconds).toBe(30 * HOUR);
  });
});

describe('case 5, suspended card', () => {
  it('still trains: cards are no part of the rule, the officer is due as before', () => {
    expect(target(facts([home()])).standing).toBe('due');
  });
});

describe('case 6, long leave, maternity, secondment', () => {
  it('核减 takes its months off the target and says why', () => {
    const own = target(facts([home()], { exemptions: [exemption()] }));
    expect(own).toMatchObject({ standing: 'due', yearlySeconds: 45 * HOUR, fullYearlySeconds: 60 * HOUR });
    expect(own.yearlyReasons).toEqual([{ kind: 'exemption', exemption: exemption() }]);
  });

  it('several add up, and with a newcomer the months of both go', () => {
    const twice = [exemption(), exemption({ requestId: 'r2', months: 2 })];
    expect(target(facts([home()], { exemptions: twice })).yearlySeconds).toBe(35 * HOUR);
    const came = facts([home({ validFrom: '2026-04-01' })], { exemptions: twice });
    expect(target(came).yearlySeconds).toBe(20 * HOUR);
  });

  it('免训 takes the person out of the denominator', () => {
    const exempt = [exemption({ effect: 'exempt', months: 12 })];
    expect(target(facts([home()], { exemptions: exempt }))).toMatchObject({
      standing: 'exempt',
      yearlySeconds: 0,
    });
  });

  it('核减 of every month that counts leaves nothing to owe: exempt', () => {
    const came = facts([home({ validFrom: '2026-10-01' })], { exemptions: [exemption()] });
    expect(target(came).standing).toBe('exempt');
  });
});

describe('case 7, retired or left', () => {
  const left = facts([home({ validTo: '2026-06-01' })]);

  it('is out of the denominator from the day of leaving, not before', () => {
    expect(target({ ...left, day: '2026-05-31' }).standing).toBe('due');
    expect(target({ ...left, day: '2026-06-01' }).standing).toBe('not_counted');
  });
});

describe('M1, who holds a card', () => {
  it('is counted whatever the post, and who holds none is not, though told the target', () => {
    expect(target(facts([home({ fieldCode: null })])).standing).toBe('due');
    const waiting = target(facts([home()], { holdsCard: false }));
    expect(waiting).toMatchObject({ standing: 'not_counted', yearlySeconds: 60 * HOUR });
  });
});

describe('any career', () => {
  const day = fc.integer({ min: 0, max: 1094 }).map((days) => addDays('2024-01-01', days));
  const career = fc
    .uniqueArray(day, { minLength: 1, maxLength: 5 })
    .chain((starts) =>
      fc.tuple(
        fc.constant([...starts].sort()),
        fc.array(fc.constantFrom('ECO', 'URBAN', null), { minLength: 5, maxLength: 5 }),
      ),
    )
    .map(([starts, fields]) =>
      starts.map((validFrom, index) =>
        home({ validFrom, validTo: starts[index + 1] ?? null, fieldCode: fields[index] ?? null }),
      ),
    );

  it('owes between nothing and the whole, never more with an exemption, and the parts agree with the reasons', () => {
    fc.assert(
      fc.property(career, fc.integer({ min: 1, max: 12 }), fc.boolean(), (homes, months, isProRata) => {
        const rules = { ...RULES, isProRata };
        const plain = target(facts(homes), rules);
        const reduced = target(facts(homes, { exemptions: [exemption({ months })] }), rules);
        expect(plain.yearlySeconds).toBeGreaterThanOrEqual(0);
        expect(plain.yearlySeconds).toBeLessThanOrEqual(plain.fullYearlySeconds);
        expect(reduced.yearlySeconds).toBeLessThan(plain.yearlySeconds + 1);
        if (!isProRata) expect(plain.yearlySeconds).toBe(plain.fullYearlySeconds);
        const newcomer = plain.yearlyReasons.find((reason) => reason.kind === 'newcomer');
        if (newcomer?.isApplied === true) {
          expect(plain.yearlySeconds).toBe(newcomer.proRataSeconds);
          expect(yearOf(newcomer.enteredDay)).toBe(2026);
        }
      }),
    );
  });

  it('months are whole parts of the year: twelve of them are all of it', () => {
    expect(monthsFrom('2026-01-31')).toBe(12);
    expect(partOfYearFloor(60 * HOUR, 12)).toBe(60 * HOUR);
    expect(partOfYearFloor(100, 7)).toBe(58);
    expect(partOfYearFloor(100, -1)).toBe(0);
  });
});
