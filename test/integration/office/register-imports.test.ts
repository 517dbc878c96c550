import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { assessments, personnel } from '#app/office/import/counters.server.ts';
import { readPhotoOf } from '#app/office/roster/correction-view.server.ts';
import { exportFaceless, viewFaceless } from '#app/office/roster/photos.server.ts';
import { entitiesWork } from '#app/organization/register/import/apply-entities.server.ts';
import { photosWork } from '#app/organization/register/import/apply-photos.server.ts';
import { reviewersWork } from '#app/organization/register/import/apply-reviewers.server.ts';
import { supervisorsWork } from '#app/organization/register/import/apply-supervisors.server.ts';
import { creditCheckCharacter } from '#app/organization/register/credit-code.ts';
import { annotatedRunFile } from '#app/platform/import/run/annotated-file.server.ts';
import { importNow } from '#app/platform/import/run/import-now.server.ts';
import { importRunView } from '#app/platform/import/run/import-run-view.server.ts';
import type { ImportRun } from '#app/platform/import/run/import-run.ts';
import type { ImportWork } from '#app/platform/import/run/work.server.ts';
import { useWorld } from '#test/support/database.ts';
import { makeIdNumber } from '#test/support/id-number.ts';
import { aCsv, anXls, anXlsx, gb18030, zipped } from '#test/support/import-files.ts';
import { homesOn } from '#test/support/organisation.ts';
import { aJpeg, aPng } from '#test/support/pictures.ts';
import { listTasks } from '#test/support/tasks.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
const AS_OF = '2026-11-23';
let regionId = '';
let unit = '';
let team = '';
let other = '';
let bureau: ActorCtx;
let serial = 9_000;

interface Made {
  readonly personId: string;
  readonly name: string;
  readonly idNumber: string;
}

/** A person of the register with a number that a file can name. */
async function made(name: string, unitId: string): Promise<Made> {
  const idNumber = makeIdNumber((serial += 1));
  const personId = await aPerson(world.ctx, { unitId, name, idNumber, position: '科员' });
  return { personId, name, idNumber };
}

beforeAll(async () => {
  const { ctx } = world;
  regionId = await aRegion(ctx, { name: '某县' });
  unit = await aUnit(ctx, { regionId, name: '某县城市管理局' });
  team = await aUnit(ctx, { regionId, parentId: unit, name: '某县综合执法大队', unitType: 'team' });
  other = await aUnit(ctx, { regionId, name: '某县市场监管局', fieldCodes: ['MARKET'] });
  bureau = await anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });
});

async function taken<R, F, C>(
  work: ImportWork<R, F, C>,
  bytes: Uint8Array,
  options: { mode?: 'good_rows' | 'all_or_nothing' | 'dry_run'; unitId?: string; fileName?: string } = {},
): Promise<ImportRun> {
  const { mode = 'good_rows', unitId, fileName = '表.xlsx' } = options;
  const place = unitId === undefined ? (['region', regionId] as const) : (['unit', unitId] as const);
  const scope = { placeKind: place[0], placeId: place[1], asOfDay: AS_OF };
  const outcome = await importNow(bureau, work, { scope, fileName, bytes, mode });
  if (!outcome.ok) throw new Error(`import refused: ${outcome.code} ${JSON.stringify(outcome.detail)}`);
  return outcome.value;
}

const issuesOf = async (run: ImportRun) =>
  (await importRunView(world.ctx, run, { page: 1, size: 100 })).issues.map(({ rowNumber, code, cell }) => ({
    rowNumber,
    code,
    cell,
  }));

const countsOf = ({ counts }: ImportRun) => [counts.new, counts.change, counts.same, counts.refused];

describe('法制审核人员 by file', () => {
  it('takes a workbook with title, merged units and footer; a repeat is the same', async () => {
    const [one, two] = [await made('冯一', unit), await made('冯二', team)];
    await made('冯三', unit);
    const rows = [
      ['某县法制审核人员情况表'],
      ['填报单位：某县司法局', null, null, null, '填报日期：2026.11.20'],
      ['序号', '姓名', '单位', '专/兼职', '法律职业资格证号', '从事年限'],
      ['1', '冯　一', '某县城市管理局', '专职', 'A20151301010001', '8年'],
      ['2', '冯二', null, '兼职', '无', 3],
      ['3', '冯三', null, '专业', '', ''],
      ['4', '冯四', '某县城市管理局', '专职', '', ''],
      ['合计', '4人'],
      ['填表人：某某', null, '审核人：某某'],
    ];
    const bytes = await anXlsx([{ rows, merges: ['A1:F1', 'C4:C6'] }]);
    const dry = await taken(reviewersWork, bytes, { mode: 'dry_run' });
    expect(countsOf(dry)).toEqual([2, 0, 0, 2]);
    expect(await world.ctx.db.legalReviewer.count()).toBe(0);
    const run = await taken(reviewersWork, bytes);
    expect(run.state).toBe('applied');
    expect(await issuesOf(run)).toEqual([
      { rowNumber: 5, code: 'WITHOUT_QUALIFICATION', cell: 'E5' },
      { rowNumber: 6, code: 'CHOICE_UNKNOWN', cell: 'D6' },
      { rowNumber: 7, code: 'PERSON_NOT_IN_UNIT', cell: 'B7' },
    ]);
    const stored = await world.ctx.db.legalReviewer.findMany({
      where: { supersededAt: null },
      orderBy: { sinceYear: 'asc' },
    });
    expect(
      stored.map(({ personId, unitId, workMode, sinceYear }) => [personId, unitId, workMode, sinceYear]),
    ).toEqual([
      [one.personId, unit, 'full_time', 2018],
      [two.personId, unit, 'part_time', 2023],
    ]);
    const again = await taken(
      reviewersWork,
      await anXlsx([{ name: '另存', rows, merges: ['A1:F1', 'C4:C6'] }]),
    );
    expect(countsOf(again)).toEqual([0, 0, 2, 2]);
  });
});

describe('监督人员 by file', () => {
  it('takes an .xls with ranges and ends in one cell, and tells two of one name apart by number only', async () => {
    const [one, twin] = [await made('褚一', other), await made('褚二', other)];
    await made('褚二', other);
    const rows = [
      ['监督人员名册'],
      ['序号', '姓名', '单位', '监督证号', '有效期', '身份证号'],
      ['1', '褚一', '某县市场监管局', 'JD-001', '2024.7.1-2029.6.30', ''],
      ['2', '褚二', '某县市场监管局', 'JD-002', '至2028年12月31日', ''],
      ['3', '褚二', '某县市场监管局', 'JD-003', '2028-12-31', twin.idNumber],
      ['4', '褚一', '某县市场监管局', 'JD-001', '2024.7.1-2029.6.30', ''],
      ['5', '褚一', '某县市场监督局', 'JD-005', '2024.7.1-2029.6.30', ''],
    ];
    const run = await taken(supervisorsWork, anXls([{ rows, merges: ['A1:F1'] }]), { fileName: '名册.xls' });
    expect(countsOf(run)).toEqual([2, 0, 0, 3]);
    expect((await issuesOf(run)).map(({ code }) => code)).toEqual([
      'PERSON_AMBIGUOUS',
      'DUPLICATE_IN_FILE',
      'UNIT_UNKNOWN',
    ]);
    const cards = await world.ctx.db.supervisionCard.findMany({ orderBy: { cardNo: 'asc' } });
    expect(cards.map(({ personId, cardNo }) => [personId, cardNo])).toEqual([
      [one.personId, 'JD-001'],
      [twin.personId, 'JD-003'],
    ]);
    const [, reread] = (await issuesOf(run)).slice(0, 2);
    expect(JSON.stringify(reread)).not.toContain(twin.idNumber);
  });
});

describe('年度考核结果 by file', () => {
  it('takes a GB18030 .csv, flags two bad years for the bureau, and puts right with a reason', async () => {
    const [one, two] = [await made('卫一', unit), await made('卫二', team)];
    const csv = (grade: string) =>
      gb18030(
        aCsv([
          ['年度考核结果汇总表', '', '', ''],
          ['姓名', '单位', '年度', '考核等次'],
          ['卫一', '某县城市管理局', '2024年度', '不称职'],
          ['卫一', '某县城市管理局', '2025', grade],
          ['卫二', '某县综合执法大队', '2025', '合格'],
          ['卫二', '某县综合执法大队', '2026', '优秀'],
          ['卫三', '某县综合执法大队', '2025', '良好'],
        ]),
      );
    const run = await taken(assessments, csv('不合格'), { fileName: '考核.csv' });
    expect(countsOf(run)).toEqual([3, 0, 0, 2]);
    expect(await listTasks(world.ctx, 'assessment.review', `${one.personId}:2025`)).toEqual(['open']);
    const corrected = await taken(assessments, csv('基本称职'), { fileName: '考核（更正）.csv' });
    expect(countsOf(corrected)).toEqual([0, 1, 2, 2]);
    expect(await listTasks(world.ctx, 'assessment.review', `${one.personId}:2025`)).toEqual(['withdrawn']);
    const stored = await world.ctx.db.assessment.findMany({ where: { personId: two.personId } });
    expect(stored.map(({ year, grade, unitId }) => [year, grade, unitId])).toEqual([
      [2025, 'competent', team],
    ]);
  });

  it('of a unit holds people of that unit only', async () => {
    await made('卫四', other);
    const rows = [
      ['姓名', '单位', '年度', '等次'],
      ['卫四', '某县市场监管局', 2025, '优秀'],
    ];
    const run = await taken(assessments, await anXlsx([{ rows }]), { unitId: unit });
    expect(countsOf(run)).toEqual([0, 0, 0, 1]);
    expect((await issuesOf(run))[0]?.code).toBe('UNIT_UNKNOWN');
  });
});

describe('人事变动 by file (ZY11)', () => {
  it('moves and lets leave as the guided acts do, with two-row heads; a repeat changes nothing', async () => {
    const [mover, leaver, left] = [
      await made('蒋一', unit),
      await made('蒋二', unit),
      await made('蒋三', unit),
    ];
    const rows = [
      ['某县人事变动情况表（2026年11月）'],
      ['姓名', '单位变动', null, '变动类型', '变动', null],
      [null, '原单位', '现单位', null, '日期', '文号'],
      ['蒋一', '某县城市管理局', '某县市场监管局', '调动', '2026.11.1', '某人字〔2026〕1号'],
      ['蒋二', '某县城市管理局', '', '退休', '2026-11-15', '某人字〔2026〕2号'],
      ['蒋三', '某县城市管理局', '', '调动', '2026-11-15', '某人字〔2026〕3号'],
      ['蒋四', '某县城市管理局', '', '退休', '2026.2.30', '某人字〔2026〕4号'],
      ['填表人：某某'],
    ];
    const merges = ['A1:F1', 'A2:A3', 'B2:C2', 'D2:D3', 'E2:F2'];
    const run = await taken(personnel, await anXlsx([{ rows, merges }]));
    expect(countsOf(run)).toEqual([0, 2, 0, 2]);
    const personIds = [mover.personId, leaver.personId, left.personId];
    const homes = await homesOn(world.ctx, personIds, '2026-11-20');
    expect(personIds.map((id) => homes.get(id))).toEqual([[other], [], [unit]]);
    const { rows: facts } = await world.ctx.pool.query<{ topic: string; person: string }>(
      `select topic, payload->>'personId' as person from outbox_event
       where payload->>'personId' = any($1::text[]) order by topic`,
      [personIds],
    );
    expect(facts).toEqual([
      { topic: 'organization.person_left', person: leaver.personId },
      { topic: 'organization.person_moved', person: mover.personId },
    ]);
    // The move stands among the transfers like one that was filed and accepted on the pages.
    const transfers = await world.ctx.db.personTransfer.findMany({
      where: { personId: { in: personIds } },
    });
    expect(transfers.map(({ personId, toUnitId, state }) => [personId, toUnitId, state])).toEqual([
      [mover.personId, other, 'accepted'],
    ]);
    const events = await world.ctx.db.personTransferEvent.findMany({
      where: { transferId: transfers[0]?.id ?? '' },
    });
    expect(events.map((event) => event.kind).sort()).toEqual(['accepted', 'filed']);
    expect(await world.ctx.db.outboxEvent.count({ where: { key: transfers[0]?.id ?? '' } })).toBe(1);
    const again = await taken(personnel, await anXlsx([{ name: '另存', rows, merges }]));
    expect(countsOf(again)).toEqual([0, 0, 2, 2]);
  });
});

describe('主体名录 by file', () => {
  it('enters bodies with type, basis and entrusting organ, and changes only what differs', async () => {
    const code = (body: string) => `${body}${creditCheckCharacter(body) ?? ''}`;
    const codes = [code('11990000MB0A1B2C3'), code('12990000MB0A1B2C4')];
    const sheet = (basis: string) => [
      ['某县行政执法主体名录'],
      [
        '序号',
        '主体名称',
        '类别',
        '信用代码',
        '法定代表人',
        '地址',
        '电话',
        '执法依据',
        '委托机关',
        '委托期限',
      ],
      ['1', '某县城市管理局', '机关', codes[0] ?? '', '某某', '某路1号', '0000-0000000', basis, '', ''],
      [
        '2',
        '某县综合执法大队',
        '受委托组织',
        codes[1] ?? '',
        '',
        '',
        '',
        '某条例',
        '某县城市管理局',
        '2026.1.1-2027.12.31',
      ],
      ['3', '某县市场监管局', '委托', '', '', '', '', '某法', '', ''],
      ['4', '某县不存在局', '机关', '119900001234567890', '', '', '', '某法', '', ''],
    ];
    const run = await taken(entitiesWork, await anXlsx([{ rows: sheet('某法'), merges: ['A1:J1'] }]));
    expect(countsOf(run)).toEqual([2, 0, 0, 2]);
    const change = await taken(entitiesWork, await anXlsx([{ rows: sheet('某法、某条例') }]));
    expect(countsOf(change)).toEqual([0, 1, 1, 2]);
    const versions = await world.ctx.db.entityVersion.findMany({
      where: { supersededAt: null },
      orderBy: { validFrom: 'asc' },
    });
    expect(
      versions.map(({ unitId, entityType, legalBasis }) => [unitId, entityType, legalBasis]).sort(),
    ).toEqual(
      [
        [unit, 'organ', '某法、某条例'],
        [team, 'entrusted', '某条例'],
      ].sort(),
    );
    // The second file says nothing else of the first body: its people and places stay, in the row before as well.
    const organs = await world.ctx.db.entityVersion.findMany({ where: { unitId: unit } });
    for (const one of organs)
      expect(one.details).toMatchObject({
        legalRepresentative: '某某',
        address: '某路1号',
        phone: '0000-0000000',
      });
    const entrusted = versions.find((one) => one.unitId === team);
    expect(entrusted?.details).toMatchObject({
      entrustedFrom: '2026-01-01',
      entrustedUntil: '2027-12-31',
      address: null,
    });
    expect(entrusted).toMatchObject({ entrustingUnitId: unit });
    expect(entrusted?.validTo?.toISOString().slice(0, 10)).toBe('2028-01-01');
  });
});

describe('照片 by zip', () => {
  it('matches by number, tells what was missed, keeps the pictures behind a door', async () => {
    const [one, two, three, stranger] = [
      await made('沈一', unit),
      await made('沈二', team),
      await made('沈三', unit),
      await made('沈四', other),
    ];
    const photo = aJpeg(358, 441, 'one');
    const bytes = zipped({
      [`照片/${one.idNumber}.jpg`]: photo,
      [`照片/沈二+${two.idNumber}.png`]: aPng(295, 413),
      [`沈三${three.idNumber}.jpg`]: aJpeg(358, 441, 'a'),
      [`${three.idNumber}.jpg`]: aJpeg(358, 441, 'b'),
      [`沈四+${stranger.idNumber}.jpg`]: aJpeg(358, 441, 'd'),
      '沈五.jpg': aJpeg(358, 441, 'e'),
      [`${makeIdNumber(8_999)}.jpg`]: new TextEncoder().encode('<svg onload=alert(1)>'),
      '__MACOSX/._沈一.jpg': new Uint8Array(10),
    });
    const run = await taken(photosWork, bytes, { unitId: unit, fileName: '照片.zip' });
    expect(run.state).toBe('applied');
    expect(countsOf(run)).toEqual([2, 0, 0, 5]);
    expect((await issuesOf(run)).map(({ code }) => code).sort()).toEqual([
      'NAME_WITHOUT_ID',
      'NOT_A_PICTURE',
      'PERSON_UNKNOWN',
      'PHOTO_AMBIGUOUS',
      'PHOTO_AMBIGUOUS',
    ]);
    const { rows } = await world.ctx.pool.query<{ said: string }>(
      `select string_agg(reason, '') || (select coalesce(string_agg(layout::text, ''), '') from import_run) || (select
         string_agg(detail::text, '') from audit_payload) as said from import_row_issue`,
    );
    for (const { idNumber } of [one, two, three, stranger]) expect(rows[0]?.said).not.toContain(idNumber);
    const liaison = await anActor(world.ctx, {
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: unit }],
    });
    const opened = await readPhotoOf(liaison, one.personId);
    expect(opened.ok && new Uint8Array(opened.value.bytes)).toEqual(photo);
    expect(await readPhotoOf(liaison, stranger.personId)).toMatchObject({ code: 'NOT_FOUND' });
    const marked = await annotatedRunFile(world.ctx, run);
    expect(marked.ok && marked.value.bytes.length).toBeGreaterThan(1_000);
    const again = await taken(photosWork, zipped({ [`${one.idNumber}.jpg`]: photo }), { unitId: unit });
    expect(countsOf(again)).toEqual([0, 0, 1, 0]);
    const missing = await viewFaceless(liaison, { page: 1, size: 50 });
    expect(missing.ok && missing.value.rows.some(({ personId }) => personId === three.personId)).toBe(true);
    expect(missing.ok && missing.value.rows.some(({ personId }) => personId === one.personId)).toBe(false);
    expect((await exportFaceless(bureau)).ok).toBe(true);
  });

  it('replaces a photo and keeps only the new picture', async () => {
    const one = await made('韩一', unit);
    for (const note of ['old', 'new'])
      await taken(photosWork, zipped({ [`${one.idNumber}.jpg`]: aJpeg(358, 441, note) }), { unitId: unit });
    expect(await world.ctx.db.personPhoto.count({ where: { personId: one.personId } })).toBe(2);
    expect(await world.ctx.db.personPhotoPayload.count({ where: { personId: one.personId } })).toBe(1);
    const opened = await readPhotoOf(bureau, one.personId);
    expect(opened.ok && new Uint8Array(opened.value.bytes)).toEqual(aJpeg(358, 441, 'new'));
  });

  const wholeRefusal = async (bytes: Uint8Array): Promise<string> => {
    const run = await taken(photosWork, bytes, { unitId: unit, mode: 'dry_run' });
    return `${run.state} ${run.failure?.code ?? ''}`;
  };

  it('refuses what is no zip, is damaged, or leads out of its folder', async () => {
    expect(await wholeRefusal(aJpeg(358, 441))).toBe('refused ZIP_EXPECTED');
    expect(await wholeRefusal(zipped({ 'a.jpg': aJpeg(358, 441) }).slice(0, 60))).toBe('refused ZIP_DAMAGED');
    expect(await wholeRefusal(zipped({ '../../etc/a.jpg': aJpeg(358, 441) }))).toBe(
      'refused ZIP_LEADS_OUTSIDE',
    );
    expect(await wholeRefusal(zipped({ '.DS_Store': new Uint8Array(5) }))).toBe('refused FILE_WITHOUT_ROWS');
  });

  it('refuses a bomb by what it declares, and a part that lies about its size by what it gives', async () => {
    const bomb = zipped({ 'a.jpg': new Uint8Array(50 * 1024 * 1024) });
    expect(await wholeRefusal(bomb)).toBe('refused ZIP_TOO_MUCH');
    const liar = lyingZip('a.jpg', new Uint8Array(20 * 1024 * 1024), 1_000);
    const run = await taken(photosWork, liar, { unitId: unit, mode: 'dry_run' });
    expect((await issuesOf(run))[0]?.code).toBe('PICTURE_BROKEN');
    const large = zipped({ [`${makeIdNumber(1)}.jpg`]: noise(1024 * 1024 + 1) });
    expect((await issuesOf(await taken(photosWork, large, { unitId: unit, mode: 'dry_run' })))[0]?.code).toBe(
      'PICTURE_TOO_LARGE',
    );
  });
});

/** Bytes that do not shrink. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** A zip whose directory declares far less than what inflates. */
function lyingZip(name: string, content: Uint8Array, declared: number): Uint8Array {
  const packed = deflateRawSync(content);
  const nameBytes = Buffer.from(name, 'utf8');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(declared, 22);
  local.writeUInt16LE(nameBytes.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(declared, 24);
  central.writeUInt16LE(nameBytes.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + nameBytes.length, 12);
  end.writeUInt32LE(local.length + nameBytes.length + packed.length, 16);
  return new Uint8Array(Buffer.concat([local, nameBytes, packed, central, nameBytes, end]));
}
