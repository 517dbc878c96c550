import { describe, expect, it } from 'vitest';
import { regionWork, unitWork } from '#app/organization/tree/import-tree.server.ts';
import { loadTree } from '#app/organization/tree/tree.store.server.ts';
import { regionAncestors } from '#app/organization/tree/tree.ts';
import { importNow } from '#app/platform/import/run/import-now.server.ts';
import type { ImportNow } from '#app/platform/import/run/import-now.server.ts';
import { importRunView } from '#app/platform/import/run/import-run-view.server.ts';
import type { ImportRun } from '#app/platform/import/run/import-run.ts';
import type { Day } from '#app/platform/time/day.ts';
import { useWorld } from '#test/support/database.ts';
import { anXlsx } from '#test/support/import-files.ts';
import { aRegion } from '#test/support/world.ts';

const world = useWorld();
const SINCE = '2020-01-01';
const TODAY = '2026-11-23';
const REGION_HEAD = ['序号', '名称', '行政区划代码', '上级地区', '级别', '功能区'];
const UNIT_HEAD = ['单位名称', '上级单位', '所在地区', '单位类型', '执法领域', '编码'];

let serial = 10;
/** A city of its own for each test: codes 9xyy00. */
async function aCity(): Promise<{ regionId: string; prefix: string }> {
  serial += 1;
  const prefix = `97${serial}`;
  return {
    prefix,
    regionId: await aRegion(world.ctx, { code: `${prefix}00`, level: 'city', name: '丰泽市' }),
  };
}

async function run(
  kind: 'regions' | 'units',
  regionId: string,
  rows: readonly (readonly string[])[],
  options: { mode?: ImportNow['mode']; asOfDay?: Day } = {},
): Promise<ImportRun> {
  const head = kind === 'regions' ? REGION_HEAD : UNIT_HEAD;
  const file = {
    scope: { regionId, asOfDay: options.asOfDay ?? SINCE },
    fileName: `${kind}.xlsx`,
    bytes: await anXlsx([{ rows: [[...head], ...rows.map((row) => [...row])] }]),
    mode: options.mode ?? ('good_rows' as const),
  };
  const outcome =
    kind === 'regions'
      ? await importNow(world.ctx, regionWork, file)
      : await importNow(world.ctx, unitWork, file);
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
}
const issuesOf = async (one: ImportRun): Promise<string[]> =>
  (await importRunView(world.ctx, one, { page: 1, size: 50 })).issues.map(({ code }) => code);
const treeOn = (day: Day = TODAY) => loadTree(world.ctx.pool, day, world.ctx.clock.now());

describe('行政区划 as a file (RA9: zones without a division code)', () => {
  it('makes a tree whatever the order of the rows, levels and parents told by the codes', async () => {
    const { regionId, prefix } = await aCity();
    const done = await run('regions', regionId, [
      ['1', '城关镇', `${prefix}02001`, '', '', ''],
      ['2', '高新区', `${prefix}Z1`, '', '', '是'],
      ['3', '甲县', `${prefix}02`, '', '', ''],
      ['4', '乙街道', `${prefix}Z1001`, '高新区', '乡镇级', '否'],
    ]);
    expect(done).toMatchObject({ state: 'applied', counts: { new: 4, refused: 0 } });
    const tree = await treeOn(SINCE);
    const nodes = [...tree.regions.values()];
    const pathOf = (name: string) => {
      const node = nodes.find((one) => one.name === name && one.code.startsWith(prefix));
      return node === undefined ? [] : regionAncestors(tree, node.id).map((one) => one.name);
    };
    expect(pathOf('城关镇')).toEqual(['城关镇', '甲县', '丰泽市']);
    expect(pathOf('乙街道')).toEqual(['乙街道', '高新区', '丰泽市']);
    expect(nodes.find((one) => one.name === '高新区' && one.code === `${prefix}Z1`)).toMatchObject({
      kind: 'functional_zone',
      level: 'county',
    });
  });

  it('is the same the second time, and changes a name from its day on only', async () => {
    const { regionId, prefix } = await aCity();
    const row = (name: string) => [['1', name, `${prefix}02`, '', '', '']];
    await run('regions', regionId, row('甲县'));
    expect((await run('regions', regionId, [...row('甲县'), ['', '', '', '', '', '']])).counts).toMatchObject(
      { same: 1 },
    );
    const renamed = await run('regions', regionId, row('甲区'), { asOfDay: '2025-07-01' });
    expect(renamed).toMatchObject({ state: 'applied', counts: { change: 1 } });
    const nameOn = async (day: Day) =>
      [...(await treeOn(day)).regions.values()].find(({ code }) => code === `${prefix}02`)?.name;
    expect([await nameOn('2025-06-30'), await nameOn('2025-07-01')]).toEqual(['甲县', '甲区']);
  });

  it('sends back what cannot be, and what hangs below it', async () => {
    const { regionId, prefix } = await aCity();
    const other = await aCity();
    const done = await run('regions', regionId, [
      ['1', '甲县', `${prefix}02`, '', '市级', ''],
      ['2', '城关镇', `${prefix}02001`, '甲县', '', ''],
      ['3', '乙县', `${prefix}03`, '丙市', '', ''],
      ['4', '丰泽市', `${other.prefix}00`, '', '', ''],
      ['5', '丁县', `${prefix}05`, '', '', ''],
    ]);
    expect(done.counts).toMatchObject({ new: 1, refused: 4 });
    expect((await issuesOf(done)).sort()).toEqual([
      'CODE_ELSEWHERE',
      'LEVEL_DIFFERS',
      'PARENT_REFUSED',
      'PARENT_UNKNOWN',
    ]);
  });
});

describe('机构名录 as a file', () => {
  it('places units by region, upper unit and field; type and code follow where the list has none', async () => {
    const { regionId, prefix } = await aCity();
    await run('regions', regionId, [['1', '甲县', `${prefix}02`, '', '', '']]);
    const rows = [
      ['甲县城管执法大队', '甲县城市管理局', '甲县', '', '城管', ''],
      ['甲县城市管理局', '', '甲县', '工作部门', '城市管理、生态环境', `${prefix}02-01`],
      ['丰泽市司法局', '', '', '', '', ''],
    ];
    const done = await run('units', regionId, rows);
    expect(done).toMatchObject({ state: 'applied', counts: { new: 3, refused: 0 } });
    const units = [...(await treeOn(SINCE)).units.values()].filter((unit) => unit.code.startsWith(prefix));
    const byName = new Map(units.map((unit) => [unit.name, unit]));
    expect(byName.get('甲县城管执法大队')).toMatchObject({
      unitType: 'team',
      fieldCodes: ['URBAN'],
      parentId: byName.get('甲县城市管理局')?.id,
    });
    expect(byName.get('甲县城市管理局')).toMatchObject({
      unitType: 'department',
      fieldCodes: ['URBAN', 'ECO'],
    });
    expect(byName.get('丰泽市司法局')).toMatchObject({ unitType: 'justice', regionId });
    const again = await run('units', regionId, [...rows, ['丰泽市档案局', '', '', '', '', '']]);
    expect(again.counts).toMatchObject({ new: 1, same: 3 });
  });

  it('sends back unknown regions, fields and upper units, circles, and a second code for one unit', async () => {
    const { regionId, prefix } = await aCity();
    await run('units', regionId, [['丰泽市水务局', '', '', '', '', `${prefix}00-09`]]);
    const done = await run('units', regionId, [
      ['一局', '', '戊县', '', '', ''],
      ['二局', '', '', '', '占卜', ''],
      ['三局', '不在的局', '', '', '', ''],
      ['四局', '五局', '', '', '', ''],
      ['五局', '四局', '', '', '', ''],
      ['丰泽市水务局', '', '', '', '', `${prefix}00-10`],
    ]);
    expect(done.counts).toMatchObject({ new: 0, refused: 6 });
    expect((await issuesOf(done)).filter((code) => code !== 'TYPE_BY_NAME').sort()).toEqual([
      'FIELD_UNKNOWN',
      'NAME_HAS_OTHER_CODE',
      'PARENT_CIRCLE',
      'PARENT_CIRCLE',
      'PARENT_UNKNOWN',
      'REGION_UNKNOWN',
    ]);
  });

  it('as a trial writes nothing, is listed nowhere and stops no upload of the same file', async () => {
    const { regionId } = await aCity();
    const rows = [['丰泽市林业局', '', '', '', '', '']];
    const trial = await run('units', regionId, rows, { mode: 'dry_run' });
    expect(trial).toMatchObject({ state: 'checked', mode: 'trial', counts: { new: 1 } });
    const real = await run('units', regionId, rows);
    expect(real.id).not.toBe(trial.id);
    expect(real).toMatchObject({ state: 'applied', counts: { new: 1 } });
    await expect(
      world.ctx.db.importRun.update({ where: { id: trial.id }, data: { state: 'applying' } }),
    ).rejects.toThrow(/trial/);
  });
});
