import { describe, expect, test } from 'vitest';
import { papersOfSitting, sittingData } from '#app/exam/sitting/papers/sitting-data.ts';

const sitting = {
  title: '第二次考试',
  opensAt: new Date('2026-11-24T01:00:00Z'),
  hardEndAt: new Date('2026-11-24T02:40:00Z'),
};
const candidate = {
  ticketNo: '1',
  name: '张某',
  idNumberMasked: '1404**********1234',
  unitName: '某局',
  isDeferred: false,
};

describe('papers of a sitting', () => {
  test('the score book waits until the sitting is over', () => {
    const codes = (now: string) => papersOfSitting(sitting, new Date(now)).map((paper) => paper.code);
    expect(codes('2026-11-24T02:39:59Z')).toEqual(['exam.sign_in']);
    expect(codes('2026-11-24T02:40:00Z')).toEqual(['exam.score_book', 'exam.sign_in']);
  });

  test('who did not come is 缺考, or 缓考 where that was excused; who is not graded yet neither passed nor failed', () => {
    const { values, rows } = sittingData({
      sitting,
      office: '某司法局',
      subject: '公共法律知识',
      candidates: [
        { ...candidate, hasStarted: true, scoreHundredths: 8750, passed: true },
        { ...candidate, hasStarted: true, scoreHundredths: 5900, passed: false },
        { ...candidate, hasStarted: true, scoreHundredths: null, passed: null },
        { ...candidate, hasStarted: false, scoreHundredths: null, passed: null },
        { ...candidate, hasStarted: false, isDeferred: true, scoreHundredths: null, passed: null },
      ],
    });
    expect(values).toMatchObject({
      应考人数: '5',
      实考人数: '3',
      合格人数: '1',
      考试时间: '2026年11月24日 09:00–10:40',
    });
    expect(rows?.考生?.map((row) => [row.成绩, row.是否合格, row.备注])).toEqual([
      ['87.5', '合格', ''],
      ['59', '不合格', ''],
      ['', '', ''],
      ['', '', '缺考'],
      ['', '', '缓考'],
    ]);
  });
});
