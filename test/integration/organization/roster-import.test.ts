import { describe, expect, it } from 'vitest';
import { rosterWork } from '#app/organization/roster/apply-roster.server.ts';
import { openIdNumber, openPhone } from '#app/organization/roster/person-secret.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { ImportNow } from '#app/platform/import/run/import-now.server.ts';
import { importNow } from '#app/platform/import/run/import-now.server.ts';
import { importRunView } from '#app/platform/import/run/import-run-view.server.ts';
import type { ImportRun } from '#app/platform/import/run/import-run.ts';
import { useWorld } from '#test/support/database.ts';
import { makeIdNumber } from '#test/support/id-number.ts';
import { anXls, anXlsx } from '#test/support/import-files.ts';
import { aRegion, aUnit } from '#test/support/world.ts';

const world = useWorld();
const HEAD = [
  '序号',
  '姓名',
  '性别',
  '身份证号',
  '学历',
  '工作单位',
  '职务/职级',
  '编制性质',
  '是否执法岗',
  '执法类别',
  '联系电话',
];
const AS_OF = '2026-01-01';

let serial = 1_000;
const nextId = (): string => makeIdNumber((serial += 1));

interface Plan {
  readonly name?: string;
  readonly id?: string;
  readonly education?: string;
  readonly unit: string;
  readonly position?: string;
  readonly phone?: string;
}

const aRow = (plan: Plan): string[] => [
  '1',
  plan.name ?? '张三',
  '',
  plan.id ?? nextId(),
  plan.education ?? '',
  plan.unit,
  plan.position ?? '科员',
  '行政编制',
  '是',
  '城市管理',
  plan.phone ?? '',
];

async function aPlace(): Promise<{ regionId: string; unit: string; other: string }> {
  const regionId = await aRegion(world.ctx);
  const tag = newId().slice(-8);
  const [unit, other] = [`甲${tag}城市管理局`, `乙${tag}综合执法大队`];
  await aUnit(world.ctx, { regionId, name: unit });
  await aUnit(world.ctx, { regionId, name: other });
  return { regionId, unit, other };
}

async function run(
  ctx: Ctx,
  regionId: string,
  rows: readonly string[][],
  part: Partial<ImportNow> = {},
): Promise<ImportRun> {
  const bytes = await anXlsx([{ rows: [['花名册'], HEAD, ...rows] }]);
  const scope = { regionId, asOfDay: AS_OF };
  const outcome = await importNow(ctx, rosterWork, {
    scope,
    fileName: '花名册.xlsx',
    bytes,
    mode: 'good_rows',
    ...part,
  });
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
}

async function issuesOf(imported: ImportRun) {
  return (await importRunView(world.ctx, imported, { page: 1, size: 100 })).issues;
}

const hashOf = (id: string) => new Uint8Array(world.ctx.secrets.lookupHash('id_number_lookup', id));
const personOf = (id: string) =>
  world.ctx.db.person.findUniqueOrThrow({
    where: { idNumberHash: hashOf(id) },
    include: { secret: true, revisions: true, links: { where: { supersededAt: null } } },
  });

describe('importing a 花名册', () => {
  it('brings new persons in with their number sealed, a first revision and a home from the roster’s day', async () => {
    const { regionId, unit } = await aPlace();
    const id = nextId();
    const imported = await run(world.ctx, regionId, [
      aRow({ name: '欧阳　予宁', id, unit, phone: '139 0000 0001' }),
    ]);
    expect(imported).toMatchObject({ state: 'applied', counts: { new: 1, refused: 0 } });
    const person = await personOf(id);
    expect(person).toMatchObject({
      name: '欧阳予宁',
      namePinyin: 'ouyangyuning',
      nameInitials: 'oyyn',
      birthMonth: '1990-01',
    });
    expect(person.idNumberMasked).toBe(`${id.slice(0, 4)}**********${id.slice(-4)}`);
    expect(
      openIdNumber(world.ctx.secrets, person.id, person.secret?.idNumberCipher ?? new Uint8Array()),
    ).toBe(id);
    expect(openPhone(world.ctx.secrets, person.id, person.secret?.phoneCipher ?? new Uint8Array())).toBe(
      '13900000001',
    );
    expect(person.revisions).toMatchObject([
      { reasonCode: 'roster', sourceKind: 'roster_import', sourceId: imported.id },
    ]);
    expect(person.links).toMatchObject([
      { kind: 'home', fieldCode: 'URBAN', validFrom: new Date(AS_OF), validTo: null },
    ]);
  });

  it('is a no-op on repeat, also when the file was saved anew', async () => {
    const { regionId, unit } = await aPlace();
    const rows = [aRow({ unit }), aRow({ unit, name: '李四' })];
    await run(world.ctx, regionId, rows);
    const before = await world.ctx.db.personUnitLink.count();
    const again = await run(world.ctx, regionId, [...rows, ['合计', '2']]);
    expect(again).toMatchObject({ state: 'checked', counts: { total: 2, same: 2, new: 0, change: 0 } });
    const xls = anXls([{ rows: [HEAD, ...rows] }]);
    expect(await run(world.ctx, regionId, [], { bytes: xls })).toMatchObject({
      fileFormat: 'xls',
      counts: { same: 2 },
    });
    expect(await world.ctx.db.personUnitLink.count()).toBe(before);
  });

  it('moves a person by dated rows: the old home ends, nothing is overwritten', async () => {
    const { regionId, unit, other } = await aPlace();
    const id = nextId();
    await run(world.ctx, regionId, [aRow({ id, unit, education: '大专' })]);
    const scope = { regionId, asOfDay: '2026-07-01' };
    const moved = await run(world.ctx, regionId, [aRow({ id, unit: other, education: '大学本科' })], {
      scope,
    });
    expect(moved.counts).toMatchObject({ change: 1, new: 0 });
    const reasons = (await issuesOf(moved)).map(({ verdict, reason }) => [verdict, reason]);
    expect(reasons).toEqual([
      ['change', '学历由「大专」改为「大学本科」'],
      ['change', `工作单位由「${unit}」改为「${other}」`],
    ]);
    const person = await personOf(id);
    expect(person.education).toBe('大学本科');
    expect(person.revisions).toHaveLength(2);
    const links = [...person.links].sort((a, b) => Number(a.validFrom) - Number(b.validFrom));
    expect(links).toMatchObject([
      { validFrom: new Date(AS_OF), validTo: new Date('2026-07-01'), endReason: 'transferred' },
      { validFrom: new Date('2026-07-01'), validTo: null },
    ]);
    const all = await world.ctx.db.personUnitLink.count({ where: { personId: person.id } });
    expect(all).toBe(3);
  });

  it('refuses what it cannot vouch for and takes the rest', async () => {
    const { regionId, unit } = await aPlace();
    const known = nextId();
    await run(world.ctx, regionId, [aRow({ id: known, name: '王五', unit })]);
    const twice = nextId();
    const imported = await run(world.ctx, regionId, [
      aRow({ unit }),
      aRow({ unit: unit.replace('城市管理局', '城市管理局大队') }),
      aRow({ unit: '水星矿务局' }),
      aRow({ id: known, name: '赵六', unit }),
      aRow({ id: twice, unit }),
      aRow({ id: twice, unit, name: '钱七' }),
      aRow({ id: '1.40E+17', unit }),
    ]);
    expect(imported).toMatchObject({ state: 'applied', counts: { total: 7, new: 2, refused: 5 } });
    const issues = await issuesOf(imported);
    expect(issues.map(({ cell, code }) => [cell, code])).toEqual([
      ['F4', 'UNIT_UNKNOWN'],
      ['F5', 'UNIT_UNKNOWN'],
      ['B6', 'NAME_DIFFERS'],
      ['D8', 'DUPLICATE_IN_FILE'],
      ['D9', 'ID_SPOILT_BY_EXCEL'],
    ]);
    expect(issues[0]?.fix).toMatch(new RegExp(`^名称相近的有：${unit}`));
    const stored = JSON.stringify(await world.ctx.db.importRowIssue.findMany());
    expect(stored).not.toContain(known);
    expect(stored).not.toContain(twice);
  });

  it('does not reach units of the next county, nor move its people', async () => {
    const here = await aPlace();
    const there = await aPlace();
    const id = nextId();
    await run(world.ctx, there.regionId, [aRow({ id, unit: there.unit })]);
    const imported = await run(world.ctx, here.regionId, [
      aRow({ unit: there.unit }),
      aRow({ id, unit: here.unit }),
    ]);
    expect(imported).toMatchObject({ state: 'checked', counts: { refused: 2 } });
    const issues = await issuesOf(imported);
    expect(issues.map(({ code }) => code)).toEqual(['UNIT_UNKNOWN', 'PERSON_ELSEWHERE']);
    expect(JSON.stringify(issues.slice(1))).not.toContain(there.unit);
  });

  it('takes the units from one sheet per unit', async () => {
    const { regionId, unit, other } = await aPlace();
    const head = ['姓名', '身份证号', '编制性质'];
    const bytes = await anXlsx([
      { name: unit, rows: [head, ['张三', nextId(), '行政']] },
      { name: other, rows: [head, ['李四', nextId(), '参公'], ['合计', '1']] },
    ]);
    const imported = await run(world.ctx, regionId, [], { bytes });
    expect(imported).toMatchObject({ state: 'applied', counts: { new: 2, refused: 0 } });
  });

  it('asks for the column of the unit when nothing in the file names one', async () => {
    const { regionId, unit } = await aPlace();
    const bytes = await anXlsx([
      {
        rows: [
          ['姓名', '身份证号', '归谁管', '编制'],
          ['张三', nextId(), unit, '行政'],
        ],
      },
    ]);
    expect(await run(world.ctx, regionId, [], { bytes })).toMatchObject({ state: 'needs_mapping' });
  });

  it('lets one of two files win for the same new person, and the other see it as it is then', async () => {
    const { regionId, unit, other } = await aPlace();
    const id = nextId();
    const files = [aRow({ id, unit }), aRow({ id, unit: other })];
    const results = await Promise.all(files.map((row) => run(world.ctx, regionId, [row])));
    const applied = results.filter(({ state }) => state === 'applied');
    expect(applied.length).toBeGreaterThanOrEqual(1);
    expect((await personOf(id)).links).toHaveLength(1);
  });
});

describe('a roster of ten thousand', () => {
  it('comes in whole', async () => {
    const regionId = await aRegion(world.ctx);
    const tag = newId().slice(-8);
    const units = Array.from({ length: 40 }, (_, n) => `第${n}${tag}执法局`);
    for (const name of units) await aUnit(world.ctx, { regionId, name });
    const rows = Array.from({ length: 10_000 }, (_, n) =>
      aRow({ id: makeIdNumber(100_000 + n), unit: units[n % units.length] ?? '', phone: '13900000000' }),
    );
    const imported = await run(world.ctx, regionId, rows, { mode: 'all_or_nothing' });
    expect(imported).toMatchObject({ state: 'applied', counts: { total: 10_000, new: 10_000 } });
    expect(await world.ctx.db.personUnitLink.count({ where: { sourceId: imported.id } })).toBe(10_000);
  });
});
