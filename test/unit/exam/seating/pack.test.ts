import { describe, expect, it } from 'vitest';
import type { PackFacts } from '#app/exam/sitting/papers/pack-data.ts';
import { seatPlanSheets, ticketData } from '#app/exam/sitting/papers/pack-data.ts';
import { correctionData, reviewAnswerData } from '#app/exam/sitting/papers/after-data.ts';
import { examPack } from '#app/exam/sitting/papers/exam-pack.ts';
import { PHOTO_SIGN_IN } from '#app/exam/sitting/papers/room-papers.ts';
import { ADMISSION_TICKET } from '#app/exam/sitting/papers/ticket-paper.ts';
import { picturesAsked } from '#app/office/document/picture-marks.ts';
import { defaultTemplate, fillPaper } from '#app/office/document/fill-paper.server.ts';
import { withNumber } from '#app/office/document/document.ts';

const at = (time: string): Date => new Date(`2026-11-24T${time}:00+08:00`);
const ROOM = {
  id: 'r1',
  name: '第1考场',
  place: '三楼机房',
  rows: 4,
  columns: 5,
  invigilators: ['李某', '王某'],
};
const WIDE = { ...ROOM, id: 'r2', name: '阶梯教室', rows: 2, columns: 23, invigilators: [] };

const personOf = (index: number) => ({
  registrationId: `g${index}`,
  personId: `0199a000-0000-7000-8000-00000000000${index}`,
  ticketNo: `2026990001010000${index}`,
  name: `考生${index}`,
  sex: 'female',
  idNumberMasked: `9901**********12${index}${index}`,
  unitName: index % 2 === 0 ? '示例市城市管理局' : '示例市林业局',
  roomId: index < 5 ? 'r1' : 'r2',
  seatNo: index < 5 ? index : index - 4,
});
const facts: PackFacts = {
  sitting: {
    id: 's',
    title: '2026年第一次资格考试',
    regionId: 'x',
    batchId: null,
    opensAt: at('09:00'),
    latestEntryAt: at('09:30'),
    hardEndAt: at('11:30'),
    checkInFrom: at('08:30'),
    durationSeconds: 5_400,
    earliestHandInSeconds: 1_800,
  },
  office: '示例市司法局',
  subject: '公共法律知识',
  contact: '赵某',
  rooms: [ROOM, WIDE],
  people: [1, 2, 3, 4, 5, 6].map(personOf),
};
const list = { values: { 场次: facts.sitting.title }, rows: { 考生: [] } };
const pack = (isOver: boolean) =>
  examPack(facts, {
    registration: [],
    signIn: list,
    results: isOver
      ? { scoreBook: list, passed: new Set(['20269900010100001']), changed: [], reviewed: [] }
      : null,
  });

/** domain.md §11.2, without the two papers of registration, which need a batch. */
const BEFORE = [
  '考试通知',
  '考场编排表',
  '门贴',
  '桌贴',
  '座次表',
  '带照片签到表',
  '考场情况记录单',
  '违纪记录单',
  '试卷交接单',
  '监考守则',
  '考生须知',
  '准考证',
];
const AFTER = ['考试成绩册', '合格人员公示', '更正公告', '成绩复核答复'];

describe('the whole pack of an exam (domain.md §11.2)', () => {
  it('holds every paper of the day, and those of the marks once it is over', () => {
    const titles = (isOver: boolean) => new Set(pack(isOver).map(({ paper }) => paper.title));
    for (const title of BEFORE) expect(titles(false), title).toContain(title);
    for (const title of AFTER) {
      expect(titles(false), title).not.toContain(title);
      expect(titles(true), title).toContain(title);
    }
  });

  it('has one ticket for each person and the papers of a room in the folder of the room', () => {
    const items = pack(false);
    expect(items.filter(({ paper }) => paper.title === '准考证')).toHaveLength(6);
    const ofRoom = items.filter(({ folder }) => folder === '2 第1考场').map(({ paper }) => paper.title);
    expect(ofRoom).toEqual(['门贴', '桌贴', '座次表', '带照片签到表', '考场情况记录单', '违纪记录单']);
  });

  it('names nobody by a whole ID number', () => {
    expect(JSON.stringify(pack(true).map(({ data }) => data))).not.toMatch(/\d{17}[\dX]/);
  });

  it('shows on the sign-in sheet of a room the photos of its people and of nobody else', () => {
    const { data } = pack(false).find((item) => item.paper === PHOTO_SIGN_IN) ?? { data: { values: {} } };
    const people = facts.people.filter(({ roomId }) => roomId === ROOM.id);
    expect(picturesAsked(PHOTO_SIGN_IN, data)).toEqual(people.map(({ personId }) => personId));
  });

  it('cuts the plan of a wide room into sheets', () => {
    const sheets = seatPlanSheets(facts, WIDE);
    expect(sheets.map(({ part }) => part)).toEqual(['（第1–10列）', '（第11–20列）', '（第21–23列）']);
    expect(sheets.every(({ isWide }) => isWide)).toBe(true);
    const [narrow] = seatPlanSheets(facts, ROOM);
    expect(narrow?.data.rows?.排?.[0]).toMatchObject({
      排号: '1',
      第1列: '01 考生1\n示例市林业局',
      第6列: '',
    });
  });

  it('a ticket says room, seat, times and holder, and whose photo stands on it', () => {
    const { values } = ticketData(facts, personOf(1));
    expect(values).toMatchObject({
      姓名: '考生1',
      性别: '女',
      考场: '第1考场',
      座位: '01',
      考试时间: '2026年11月24日 09:00–11:30',
      签到时间: '2026年11月24日 08:30',
      最迟入场: '09:30',
      作答时长: '90',
    });
    expect(values.照片).toBe(personOf(1).personId);
    expect(picturesAsked(ADMISSION_TICKET, { values })).toEqual([personOf(1).personId]);
  });

  it('a correction names the announcement, and everybody whose result reads otherwise now, before and after', () => {
    const changed = {
      ...{ ticketNo: '20269900010100002', name: '考生2', unitName: '示例市城市管理局' },
      before: { scoreHundredths: 5_800, passed: false },
      after: { scoreHundredths: 6_150, passed: true },
      reasonCode: 'late_counted',
    };
    expect(correctionData(facts, [changed]).values).toMatchObject({
      原公告: '《关于2026年第一次资格考试合格人员的公示》',
      更正原因: '1名考生的成绩有变动（断网补传，经复核计入）',
      原内容: '考生2（示例市城市管理局，准考证号20269900010100002）：58分，不合格',
      更正内容: '考生2（示例市城市管理局，准考证号20269900010100002）：61.5分，合格',
    });
    const { values } = correctionData(facts, []);
    expect(values.原公告).toContain('合格人员的公示');
    expect(values.更正内容?.trim()).toBe('');
  });

  it('the answer to a review says what was asked and what the grading says, changed or not', () => {
    const reviewed = {
      ...{ ticketNo: '20269900010100001', name: '考生1', askedFor: '认为第37题评分有误' },
      ...{ askedAt: new Date('2026-11-24T02:00:00.000Z'), note: '经核对，评分无误。' },
      ...{ isHandedIn: true, itemCount: 80, answered: 78, versionNo: 1 },
      ...{ fullMarkHundredths: 10_000, passMarkHundredths: 6_000 },
      first: { scoreHundredths: 5_800, passed: false },
      last: { scoreHundredths: 5_800, passed: false, reasonCode: 'graded' },
    };
    const stands = reviewAnswerData(facts, reviewed).values;
    expect(stands).toMatchObject({ 姓名: '考生1', 申请事项: '认为第37题评分有误' });
    expect(stands.复核情况).toContain('试卷80题，计分的作答78题，本人交卷');
    expect(stands.复核结果).toBe('成绩没有变动：58分，不合格（满分100分，合格线60分）。');
    const last = { scoreHundredths: 6_000, passed: true, reasonCode: 'late_counted' };
    expect(reviewAnswerData(facts, { ...reviewed, versionNo: 2, last }).values.复核结果).toBe(
      '原成绩58分，不合格；因断网补传，经复核计入，更正为60分，合格（满分100分，合格线60分）。',
    );
  });

  it('is filled into its default files without an open brace', async () => {
    const kinds = new Map(pack(true).map((item) => [item.paper.code, item]));
    for (const { paper, data } of kinds.values()) {
      const filled = await fillPaper(
        paper,
        await defaultTemplate(paper),
        withNumber(data, null, '2026-11-22'),
      );
      expect(filled.ok, paper.title).toBe(true);
    }
  });
});
