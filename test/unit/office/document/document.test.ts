import { describe, expect, test } from 'vitest';
import {
  cleanData,
  decideNumber,
  fileNameOf,
  numberOf,
  sniffScan,
  tidyNumber,
  withNumber,
} from '#app/office/document/document.ts';
import { proposeColumns, refuseMapping } from '#app/office/document/column-mapping.ts';
import { APPLICANT_ROSTER } from '#app/certificate/papers/application-papers.ts';
import { papersOfEvent } from '#app/certificate/papers/offered-papers.ts';
import { zipPaths, zipPieces } from '#app/office/document/zip-stream.server.ts';
import { progressDetail } from '#app/office/document/ui/batch-words.ts';
import { unzipSync } from 'fflate';

const numbered = {
  seq: 1,
  kind: 'numbered',
  documentNo: '某司〔2026〕1号',
  signedDay: '2026-11-20',
} as const;
const asked = { documentNo: ' 某司[2026] 2号', signedDay: '2026-11-21', reason: null };

describe('文号 is entered once', () => {
  test('first time: taken, with one spelling of the brackets', () => {
    expect(decideNumber([], asked, '2026-11-23')).toMatchObject({
      ok: true,
      value: { kind: 'numbered', documentNo: '某司〔2026〕2号' },
    });
    expect(tidyNumber('某司（2026） 3 号')).toBe('某司〔2026〕3号');
  });

  test('again: a correction, which says why', () => {
    expect(decideNumber([numbered], asked, '2026-11-23')).toMatchObject({
      ok: false,
      code: 'REASON_REQUIRED',
    });
    expect(decideNumber([numbered], { ...asked, reason: ' 笔误 ' }, '2026-11-23')).toMatchObject({
      ok: true,
      value: { kind: 'number_corrected', reason: '笔误' },
    });
  });

  test('nothing, the same, tomorrow', () => {
    expect(decideNumber([], { ...asked, documentNo: '　' }, '2026-11-23')).toMatchObject({
      code: 'NUMBER_REQUIRED',
    });
    const same = { ...numbered, reason: '再来' };
    expect(decideNumber([numbered], same, '2026-11-23')).toMatchObject({ code: 'NUMBER_UNCHANGED' });
    expect(decideNumber([], asked, '2026-11-20')).toMatchObject({ code: 'SIGNED_IN_FUTURE' });
  });

  test('the last one entered holds', () => {
    const corrected = {
      ...numbered,
      seq: 3,
      kind: 'number_corrected',
      documentNo: '某司〔2026〕9号',
    } as const;
    const scan = { seq: 2, kind: 'scan_attached', documentNo: null, signedDay: null } as const;
    expect(numberOf([numbered, scan, corrected])?.documentNo).toBe('某司〔2026〕9号');
    expect(numberOf([scan])).toBeNull();
  });

  test('before it is known its line stays open', () => {
    const { values } = withNumber({ values: {} }, null, '2026-11-23');
    expect(values).toMatchObject({ 文号: '　　　　〔2026〕　　号', 签发日期: '2026年11月23日' });
  });
});

describe('what goes into a file', () => {
  test('signs that XML does not have are left out', () => {
    expect(cleanData({ values: { 甲: '张\u0000\u000b某\n\ud800' } }).values).toEqual({ 甲: '张某\n' });
  });

  test('file names hold no path signs', () => {
    expect(fileNameOf('../a\\b:c?“甲”\n', 'docx')).toBe('.. a b c “甲”.docx');
    expect(fileNameOf('  ', 'pdf')).toBe('文书.pdf');
  });

  test('a scan is told by its content', () => {
    expect(sniffScan(new TextEncoder().encode('%PDF-1.7'))).toBe('application/pdf');
    expect(sniffScan(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe('image/jpeg');
    expect(sniffScan(new TextEncoder().encode('<html>'))).toBeNull();
  });

  test('a zip keeps two papers of the same name apart', () => {
    const file = { title: '结业证明（张某）', folder: '结业证明', format: 'docx' };
    expect(zipPaths([file, file])).toEqual([
      '结业证明/结业证明（张某）.docx',
      '结业证明/结业证明（张某）（2）.docx',
    ]);
  });

  test('a zip is made piece by piece: a file is asked for when the one before has gone', async () => {
    const asked: string[] = [];
    async function* files() {
      for (const path of ['门贴.docx', '桌贴.docx']) {
        asked.push(path);
        yield await Promise.resolve({ path, bytes: new Uint8Array([asked.length]) });
      }
    }
    const pieces: Uint8Array[] = [];
    for await (const piece of zipPieces(files())) {
      if (pieces.length === 0) expect(asked).toEqual(['门贴.docx']);
      pieces.push(piece);
    }
    expect(unzipSync(new Uint8Array(Buffer.concat(pieces)))).toEqual({
      '门贴.docx': new Uint8Array([1]),
      '桌贴.docx': new Uint8Array([2]),
    });
  });

  test('progress says what is left only once it can be known', () => {
    expect(progressDetail(3, 40, 1_000)).toBe('已出具 3 / 40 份');
    expect(progressDetail(20, 40, 10_000)).toBe('已出具 20 / 40 份，约剩 10 秒');
  });
});

describe('columns of a provincial workbook', () => {
  const heads = [
    { column: 'A', text: '序号' },
    { column: 'B', text: '姓  名' },
    { column: 'C', text: '身份证号码' },
    { column: 'D', text: '所在单位' },
    { column: 'F', text: '基本情况 / 职务' },
  ];

  test('heads are understood by their words', () => {
    expect(proposeColumns(APPLICANT_ROSTER, '申领人员', heads)).toEqual({
      A: '序号',
      B: '姓名',
      C: '身份证号',
      F: '职务',
    });
  });

  test('a mapping names known fields of the list, each once, below the head', () => {
    const mapping = { sheet: 'S', headRow: 3, firstRow: 4, list: '申领人员', columns: { B: '姓名' } };
    expect(refuseMapping(APPLICANT_ROSTER, mapping)).toBeNull();
    expect(refuseMapping(APPLICANT_ROSTER, { ...mapping, columns: {} })).toBe('MAPPING_EMPTY');
    expect(refuseMapping(APPLICANT_ROSTER, { ...mapping, columns: { A: '序号' } })).toBe('MAPPING_EMPTY');
    expect(refuseMapping(APPLICANT_ROSTER, { ...mapping, columns: { A: '姓名', B: '姓名' } })).toBe(
      'MAPPING_TWICE',
    );
    expect(refuseMapping(APPLICANT_ROSTER, { ...mapping, columns: { A: '密码' } })).toBe('MAPPING_UNKNOWN');
    expect(refuseMapping(APPLICANT_ROSTER, { ...mapping, firstRow: 3 })).toBe('MAPPING_ROW');
  });
});

describe('papers an event of a card calls for', () => {
  const codes = (kind: Parameters<typeof papersOfEvent>[0]['kind'], detail = {}) =>
    papersOfEvent({ kind, detail }).map((paper) => paper.code);

  test('a decision has its paper and the receipt, a proposal the notice before it', () => {
    expect(codes('suspended')).toEqual(['certificate.suspension_decision', 'certificate.service_receipt']);
    expect(codes('reinstated')).toEqual(['certificate.return_notice', 'certificate.service_receipt']);
    expect(codes('decision_proposed', { proposedKind: 'revoked' })[0]).toBe('certificate.revocation_notice');
    expect(codes('decision_proposed', { proposedKind: 'constructor' })).toEqual([]);
    expect(codes('issued')).toEqual([]);
  });
});
