import { unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { sealPhone } from '#app/organization/roster/person-secret.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { importNow } from '#app/platform/import/run/import-now.server.ts';
import { importRunView } from '#app/platform/import/run/import-run-view.server.ts';
import type { ImportRun } from '#app/platform/import/run/import-run.ts';
import { fileOwnClaim } from '#app/training/claim/file-claim.server.ts';
import { academyWork, hoursWork } from '#app/training/hours-import/apply-hours.server.ts';
import { listEntriesOfYear } from '#app/training/ledger/hour-entry.store.server.ts';
import { useWorld } from '#test/support/database.ts';
import { makeIdNumber } from '#test/support/id-number.ts';
import type { Value } from '#test/support/import-files.ts';
import { aCsv, anXls, anXlsx, gb18030 } from '#test/support/import-files.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
let regionId = '';
let unit = '';
let other = '';
let serial = 20_000;
/** Names hold no digits. */
const HAN = '甲乙丙丁戊己庚辛壬癸';

interface Made {
  readonly personId: string;
  readonly name: string;
  readonly idNumber: string;
}

/** A person of the register with a number and a phone that a file can name. */
async function made(name: string, unitId: string, phone?: string): Promise<Made> {
  const { ctx } = world;
  const idNumber = makeIdNumber((serial += 1));
  const personId = await aPerson(ctx, { unitId, name, idNumber });
  if (phone !== undefined)
    await ctx.db.personSecret.create({
      data: {
        personId,
        idNumberCipher: new Uint8Array(),
        phoneCipher: new Uint8Array(sealPhone(ctx.secrets, personId, phone)),
        keyId: ctx.secrets.keyId,
      },
    });
  return { personId, name, idNumber };
}

beforeAll(async () => {
  const { ctx } = world;
  regionId = await aRegion(ctx, { name: '某县' });
  unit = await aUnit(ctx, { regionId, name: '某县城市管理局' });
  other = await aUnit(ctx, { regionId, name: '某县市场监管局' });
});

async function taken(
  bytes: Uint8Array,
  options: { work?: typeof hoursWork; mode?: 'good_rows' | 'dry_run'; ofUnit?: boolean; name?: string } = {},
): Promise<ImportRun> {
  const { work = hoursWork, mode = 'good_rows', ofUnit = false, name = '台账.xlsx' } = options;
  const scope = {
    placeKind: ofUnit ? 'unit' : 'region',
    placeId: ofUnit ? unit : regionId,
    asOfDay: '2026-11-23',
  };
  const outcome = await importNow(world.ctx, work, { scope, fileName: name, bytes, mode });
  if (!outcome.ok) throw new Error(`import refused: ${outcome.code} ${JSON.stringify(outcome.detail)}`);
  return outcome.value;
}

const issuesOf = async (run: ImportRun) =>
  (await importRunView(world.ctx, run, { page: 1, size: 100 })).issues;
const codesOf = async (run: ImportRun) => (await issuesOf(run)).map(({ code, cell }) => [code, cell]);
const countsOf = ({ counts }: ImportRun) => [counts.new, counts.same, counts.refused];
const entriesOf = async ({ personId }: Made, year = 2026) =>
  (await listEntriesOfYear(world.ctx.pool, personId, year)).map(
    ({ occurredDay, title, creditSeconds, category, kind }) => ({
      day: occurredDay,
      title,
      hours: creditSeconds / 2700,
      category,
      kind,
    }),
  );

const LONG_HEAD = ['日期', '培训名称', '主办单位', '方式', '类别', '地点', '姓名', '单位', '学时'];

describe('学时台账, long', () => {
  it('takes an .xls with title, merged unit, footers and every way of writing a date', async () => {
    const [one, two] = [await made('郭一', unit), await made('郭二', unit)];
    const rows: Value[][] = [
      ['2026年度行政执法人员学时台账'],
      ['填报单位：某县城市管理局', null, null, null, null, null, '填报日期：2026.11.20'],
      LONG_HEAD,
      [
        '2026.3.5',
        '行政处罚法轮训',
        '某县司法局',
        '集中学习',
        '公共法律知识',
        '一楼',
        '郭　一',
        '某县城市管理局',
        4,
      ],
      [
        '2026年3月5日',
        '行政处罚法轮训',
        '某县司法局',
        '集中学习',
        '公共法律知识',
        '一楼',
        '郭二',
        null,
        '4学时',
      ],
      ['2026.4.1-4.3', '外出培训班', '省厅', '外出培训', '业务', '省城', '郭一', null, 24],
      ['2026.5', '网络课', '云平台', '网络', '执法技能', '', '郭二', null, '1.5'],
      ['2026.2.30', '坏日期', '某局', '', '', '', '郭一', null, 2],
      ['2026.6.1', '坏类别', '某局', '', '太空法', '', '郭一', null, 2],
      ['2026.6.2', '没有这个人', '某局', '', '', '', '郭九', null, 2],
      ['2027.1.1', '将来', '某局', '', '', '', '郭一', null, 2],
      ['合计', null, null, null, null, null, null, null, 41.5],
      ['填表人：某某', null, '审核人：某某'],
    ];
    const run = await taken(anXls([{ name: '2026年台账', rows, merges: ['A1:I1', 'H4:H11'] }]), {
      name: '台账.xls',
    });
    expect(countsOf(run)).toEqual([4, 0, 4]);
    const codes = (await codesOf(run)).map(([code]) => code);
    for (const code of [
      'DATE_NOT_EXISTING',
      'CHOICE_UNKNOWN',
      'PERSON_NOT_IN_UNIT',
      'DAY_IN_FUTURE',
      'DAY_FROM_MONTH',
    ])
      expect(codes).toContain(code);
    expect(await entriesOf(one)).toEqual([
      { day: '2026-04-03', title: '外出培训班', hours: 24, category: 'business', kind: 'external' },
      { day: '2026-03-05', title: '行政处罚法轮训', hours: 4, category: 'public_law', kind: 'session' },
    ]);
    expect(await entriesOf(two)).toEqual([
      { day: '2026-05-31', title: '网络课', hours: 1.5, category: 'skill', kind: 'course' },
      { day: '2026-03-05', title: '行政处罚法轮训', hours: 4, category: 'public_law', kind: 'session' },
    ]);
  });

  it('names sheet, cell and remedy for each bad row, in Chinese, and a dry run writes nothing', async () => {
    const person = await made('何一', unit);
    const rows: Value[][] = [
      LONG_HEAD,
      ['2026-03-05', '轮训', '某局', '', '公共', '', '何一', '某县城市管理局', '四'],
    ];
    const run = await taken(await anXlsx([{ name: '三月', rows }]), { mode: 'dry_run' });
    const [issue] = (await issuesOf(run)).filter(({ verdict }) => verdict === 'refused');
    expect(issue).toMatchObject({ sheetName: '三月', rowNumber: 2, cell: 'I2', code: 'NUMBER_MALFORMED' });
    expect(issue?.reason).toContain('四');
    expect(issue?.fix).toBeTruthy();
    expect(await entriesOf(person)).toEqual([]);
  });

  it('tells people of one name apart by number, and checks the name against it', async () => {
    const [one, two] = [await made('吕同', unit), await made('吕同', unit)];
    const head = [...LONG_HEAD, '身份证号'];
    const row = (name: string, idNumber: string | number, title: string): Value[] => [
      '2026-03-05',
      title,
      '某局',
      '',
      '公共',
      '',
      name,
      '某县城市管理局',
      2,
      idNumber,
    ];
    const rows = [
      head,
      row('吕同', '', '甲'),
      row('吕同', one.idNumber, '甲'),
      row('吕同', two.idNumber, '甲'),
      row('王某', two.idNumber, '乙'),
      row('吕同', 1.4e17, '丙'),
    ];
    const run = await taken(await anXlsx([{ rows }]));
    expect(countsOf(run)).toEqual([2, 0, 3]);
    const codes = (await codesOf(run)).map(([code]) => code);
    for (const code of ['PERSON_AMBIGUOUS', 'NAME_DIFFERS']) expect(codes).toContain(code);
    expect([await entriesOf(one), await entriesOf(two)].map((list) => list.length)).toEqual([1, 1]);
  });

  it('is never written twice: not from the same file, another file, another shape, nor beside a claim', async () => {
    const person = await made('施一', unit);
    const row = (title: string, hours: number): Value[] => [
      '2026-03-05',
      title,
      '某县司法局',
      '集中',
      '公共',
      '',
      '施一',
      '某县城市管理局',
      hours,
    ];
    const officer = await anActor(world.ctx, {
      personId: person.personId,
      grants: [{ role: 'officer', scopeKind: 'self' }],
    });
    const claim = (title: string) =>
      fileOwnClaim(officer, {
        statement: {
          kind: 'external',
          title,
          organiser: '某县司法局',
          fromDay: '2026-03-05',
          toDay: '2026-03-05',
          form: 'class',
          category: 'public_law',
          place: null,
          stated: { kind: 'hours', amount: 400 },
          result: null,
        },
        proofs: [
          {
            mediaType: 'application/pdf',
            fileName: 'a.pdf',
            bytes: new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d]),
          },
        ],
        commandId: newId(),
      });
    expect((await claim('已申请的培训')).ok).toBe(true);
    const rows = [LONG_HEAD, row('轮训甲', 4), row('轮训 甲', 4), row('轮训乙', 2), row('已申请的培训', 4)];
    const first = await taken(await anXlsx([{ rows }]));
    expect(countsOf(first)).toEqual([2, 1, 1]);
    const again = await taken(await anXlsx([{ rows: [LONG_HEAD, row('轮训甲', 4), row('轮训乙', 6)] }]));
    expect(countsOf(again)).toEqual([0, 2, 0]);
    expect((await codesOf(again)).map(([code]) => code)).toEqual(['RECORDED_ALREADY', 'RECORDED_OTHERWISE']);
    expect(await entriesOf(person)).toHaveLength(2);
    expect(await claim('轮训甲')).toMatchObject({ code: 'CLAIM_KNOWN', detail: { is: 'entry' } });
  });

  it('by two at once is written once', async () => {
    const person = await made('喻一', unit);
    const rows = (place: string): Value[][] => [
      LONG_HEAD,
      ['2026-03-05', '同时', '某局', '', '公共', place, '喻一', '某县城市管理局', 4],
    ];
    await Promise.all([
      taken(await anXlsx([{ rows: rows('甲') }])),
      taken(await anXlsx([{ rows: rows('乙') }])),
    ]);
    expect(await entriesOf(person)).toHaveLength(1);
  });

  it('of one unit may leave the unit out; a .csv in GB18030 is read', async () => {
    const person = await made('柏一', unit);
    await made('柏二', other);
    const rows: Value[][] = [
      ['日期', '培训名称', '主办单位', '姓名', '学时'],
      ['2026-03-05', '轮训', '某局', '柏一', '4'],
      ['2026-03-05', '轮训', '某局', '柏二', '4'],
    ];
    const run = await taken(gb18030(aCsv(rows)), { ofUnit: true, name: '台账.csv' });
    expect(countsOf(run)).toEqual([1, 0, 1]);
    expect(await entriesOf(person)).toHaveLength(1);
  });

  it('over New Year belongs to both years', async () => {
    const person = await made('窦一', unit);
    const rows: Value[][] = [
      LONG_HEAD,
      ['2025.12.31-2026.1.1', '跨年班', '某局', '', '公共', '', '窦一', '某县城市管理局', 8],
    ];
    await taken(await anXlsx([{ rows }]));
    expect([await entriesOf(person, 2025), await entriesOf(person)].map(([one]) => one?.hours)).toEqual([
      4, 4,
    ]);
    expect(countsOf(await taken(await anXlsx([{ rows: [...rows, [null]] }])))).toEqual([0, 1, 0]);
  });
});

describe('a hostile file', () => {
  const FILE_LIMIT = 30 * 1024 * 1024;

  it('packed a thousandfold is turned away as a whole, with words, and nothing is written', async () => {
    const person = await made('常一', unit);
    const row = ['2026-03-05', '轮训', '某局', '', '公共', '', '常一', '某县城市管理局', 4];
    const honest = unzipSync(await anXlsx([{ rows: [LONG_HEAD, row] }]));
    const sheetPath = Object.keys(honest).find((path) => /sheet1\.xml$/.test(path)) ?? '';
    const sheet = honest[sheetPath] ?? new Uint8Array();
    const bomb = zipSync({ ...honest, [sheetPath]: Buffer.concat([sheet, Buffer.alloc(60_000_000, ' ')]) });
    expect(bomb.length).toBeLessThan(200_000);
    for (const work of [hoursWork, academyWork]) {
      const run = await taken(bomb, { work });
      expect([run.state, run.failure?.code]).toEqual(['refused', 'FILE_INFLATES_TOO_MUCH']);
    }
    expect(await entriesOf(person)).toEqual([]);
  });

  it('above 30 MB is refused before it is kept or read', async () => {
    const scope = { placeKind: 'region', placeId: regionId, asOfDay: '2026-11-23' };
    const file = {
      scope,
      fileName: '台账.xlsx',
      bytes: new Uint8Array(FILE_LIMIT + 1),
      mode: 'dry_run' as const,
    };
    for (const work of [hoursWork, academyWork])
      expect(await importNow(world.ctx, work, file)).toMatchObject({
        ok: false,
        code: 'FILE_REFUSED',
        detail: { code: 'FILE_TOO_LARGE' },
      });
  });

  it('of another kind says what it is', async () => {
    const pdf = new TextEncoder().encode('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');
    const run = await taken(pdf);
    expect([run.state, run.failure?.code]).toEqual(['refused', 'FILE_NOT_A_WORKBOOK']);
  });
});

describe('学时台账, wide', () => {
  it('takes persons × trainings with two-row heads, whichever of date and title stands above', async () => {
    for (const [at, isDateAbove] of [true, false].entries()) {
      const [one, two] = [
        await made(`邵${'甲乙'[at] ?? ''}一`, unit),
        await made(`邵${'甲乙'[at] ?? ''}二`, unit),
      ];
      const dates = ['2026.3.5', '2026年4月1日-4月3日'];
      const titles = [`轮训${at}`, `外训${at}`];
      const [above, below] = isDateAbove ? [dates, titles] : [titles, dates];
      const rows: Value[][] = [
        ['2026年度学时汇总表'],
        ['序号', '姓名', '单位', ...above, '合计'],
        [null, null, null, ...below, null],
        [1, one.name, '某县城市管理局', 4, 24, 28],
        [2, two.name, '某县城市管理局', null, 12.5, 12.5],
      ];
      const merges = ['A1:F1', 'A2:A3', 'B2:B3', 'C2:C3', 'F2:F3'];
      const run = await taken(await anXlsx([{ rows, merges }]));
      expect(countsOf(run)).toEqual([3, 0, 0]);
      expect((await entriesOf(one)).map(({ title, hours }) => [title, hours])).toEqual([
        [`外训${at}`, 24],
        [`轮训${at}`, 4],
      ]);
      expect((await entriesOf(two)).map(({ day, hours }) => [day, hours])).toEqual([['2026-04-03', 12.5]]);
    }
  });

  it('takes heads that hold date and title in one cell; 0 means not there', async () => {
    const person = await made('童一', unit);
    const rows: Value[][] = [
      ['序号', '姓名', '单位', '2026.3.5行政处罚法轮训', '执法文书（2026年3月12日）'],
      [1, '童一', '某县城市管理局', 4, 0],
    ];
    const run = await taken(await anXlsx([{ rows }]));
    expect(countsOf(run)).toEqual([1, 1, 0]);
    expect((await entriesOf(person)).map(({ title }) => title)).toEqual(['行政处罚法轮训']);
  });
});

describe('an online academy’s export', () => {
  it('knows people by phone or ID number in one column, with the name as check', async () => {
    const one = await made('颜一', unit, '13900000001');
    const two = await made('颜二', other);
    const rows: Value[][] = [
      ['姓名', '手机或身份证号', '课程', '学时/学分', '完成时间'],
      ['颜一', '13900000001', '行政处罚法精讲', '1.5', '2026-03-05 14:20:11'],
      ['颜二', two.idNumber, '行政处罚法精讲', 2, '2026/3/6 9:00'],
      ['颜一', '13900000002', '行政许可法精讲', 1, '2026-03-05'],
      ['颜二', 'abc', '行政许可法精讲', 1, '2026-03-05'],
    ];
    const run = await taken(await anXlsx([{ rows }]), { work: academyWork });
    expect(countsOf(run)).toEqual([2, 0, 2]);
    expect((await codesOf(run)).map(([code]) => code)).toContain('CONTACT_MALFORMED');
    expect(await entriesOf(one)).toMatchObject([{ title: '行政处罚法精讲', hours: 1.5, kind: 'course' }]);
    expect(await entriesOf(two)).toMatchObject([{ hours: 2 }]);
    for (const issue of await issuesOf(run)) expect(issue.reason).not.toContain('13900000002');
  });
});

it('10,000 rows of a ledger are checked and written, every fact told upwards once', async () => {
  const people: Made[] = [];
  for (let n = 0; n < 100; n += 1)
    people.push(await made(`批${HAN[Math.floor(n / 10)] ?? ''}${HAN[n % 10] ?? ''}`, unit));
  const rows: Value[][] = [[...LONG_HEAD, '身份证号']];
  for (let n = 0; n < 10_000; n += 1) {
    const person = people[n % 100];
    rows.push([
      '2025-06-01',
      `批量培训${Math.floor(n / 100)}`,
      '某局',
      '集中学习',
      '公共',
      '礼堂',
      person?.name ?? '',
      '某县城市管理局',
      1,
      person?.idNumber ?? '',
    ]);
  }
  const told = () => world.ctx.db.outboxEvent.count({ where: { topic: 'training.hours_recorded' } });
  const before = await told();
  const run = await taken(await anXlsx([{ rows }]));
  expect(countsOf(run)).toEqual([10_000, 0, 0]);
  expect((await told()) - before).toBe(10_000);
});
