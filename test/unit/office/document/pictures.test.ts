import PizZip from 'pizzip';
import { describe, expect, it } from 'vitest';
import { cleanData, withNumber } from '#app/office/document/document.ts';
import { defaultTemplate, fillPaper, showPictures } from '#app/office/document/fill-paper.server.ts';
import { drawPdf } from '#app/office/document/format/pdf.server.ts';
import type { PaperKind } from '#app/office/document/paper.ts';
import { column, form, item, table, title } from '#app/office/document/papers/blocks.ts';
import { photoField, rowField } from '#app/office/document/papers/field.ts';
import type { Picture, Pictures } from '#app/office/document/picture-marks.ts';
import { NO_PICTURES, fittedMm, picturesAsked, placeText } from '#app/office/document/picture-marks.ts';
import { aJpeg } from '#test/support/pictures.ts';
import { portraitPng } from '#test/support/portrait.ts';

const [ONE, TWO] = ['0199a000-0000-7000-8000-000000000001', '0199a000-0000-7000-8000-000000000002'];
const BOX = { widthMm: 25, heightMm: 35, place: '\n贴照片处\n' };
const PAPER: PaperKind = {
  ...{ code: 'test.photos', title: '照片名单', format: 'docx', area: '考试', issuer: 'bureau' },
  reads: 'exam.manage',
  fields: [photoField('本人照片', BOX), rowField('考生', '姓名', '张某'), photoField('照片', BOX, '考生')],
  layout: {
    blocks: [
      title('照片名单'),
      form(item('照片', '{本人照片}')),
      table('考生', column('姓名'), column('照片')),
    ],
  },
};
const DATA = {
  values: { 本人照片: ONE },
  rows: {
    考生: [
      { 姓名: '甲', 照片: ONE },
      { 姓名: '乙', 照片: TWO },
    ],
  },
};
const pictureOf = (bytes: Uint8Array, widthPx = 150, heightPx = 210): Picture => ({
  ...{ mediaType: 'image/png', widthPx, heightPx, bytes },
});
const NAVY = pictureOf(portraitPng([20, 40, 110]));

async function filled(data = DATA): Promise<Uint8Array> {
  const made = await fillPaper(
    PAPER,
    await defaultTemplate(PAPER),
    withNumber(cleanData(data), null, '2026-11-22'),
  );
  if (!made.ok) throw new Error(made.code);
  return made.value;
}
const shown = (bytes: Uint8Array, pictures: Pictures): PizZip =>
  new PizZip(showPictures(PAPER, { format: 'docx', bytes }, pictures));
const bodyOf = (zip: PizZip): string => zip.file('word/document.xml')?.asText() ?? '';

describe('photos in a Word paper', () => {
  it('are asked for by the people in the data of the paper, each once, and nobody else', () => {
    expect(picturesAsked(PAPER, DATA)).toEqual([ONE, TWO]);
    expect(picturesAsked(PAPER, { values: { 本人照片: '贴照片处' } })).toEqual([]);
  });

  it('are not in the kept file, and stand in it once each when it is given out', async () => {
    const kept = await filled();
    expect(Object.keys(new PizZip(kept).files).filter((name) => name.includes('media/'))).toEqual([]);
    const zip = shown(kept, new Map([[ONE, NAVY]]));
    const media = Object.keys(zip.files).filter((name) => name.startsWith('word/media/'));
    expect(media).toEqual([`word/media/placed-${ONE}.png`]);
    expect(new Uint8Array(zip.file(media[0] ?? '')?.asUint8Array() ?? [])).toEqual(NAVY.bytes);
    const relations = zip.file('word/_rels/document.xml.rels')?.asText() ?? '';
    expect(relations.match(/Target="media\//g)).toHaveLength(1);
    const [, id] = /Id="([^"]+)"[^>]*Target="media\//.exec(relations) ?? [];
    expect(bodyOf(zip).match(new RegExp(`r:embed="${id ?? '?'}"`, 'g'))).toHaveLength(2);
    expect(
      zip
        .file('[Content_Types].xml')
        ?.asText()
        .match(/Extension="png"/g),
    ).toHaveLength(1);
  });

  it('leave their place open where there is none, and no mark behind', async () => {
    const body = bodyOf(shown(await filled(), new Map([[ONE, NAVY]])));
    expect(body.match(/贴照片处/g)).toHaveLength(1);
    expect(bodyOf(shown(await filled(), NO_PICTURES)).match(/贴照片处/g)).toHaveLength(3);
    expect(body).not.toContain('\uFFFC');
    expect(body).not.toContain(TWO);
  });

  it('say in the open place why one is not shown, as high as before', async () => {
    const body = bodyOf(shown(await filled(), new Map([[ONE, '照片已更换']])));
    expect(body.match(/照片已更换/g)).toHaveLength(2);
    expect(body.match(/贴照片处/g)).toHaveLength(1);
    expect(placeText(BOX, undefined)).toBe(BOX.place);
    expect(placeText(BOX, '照片已更换')).toBe('\n照片已更换\n');
    expect(placeText({ place: '\n\n\n\n' }, '照片过大').split('\n')).toHaveLength(5);
  });

  it('keep their shape within the place', async () => {
    const wide = fittedMm({ widthPx: 200, heightPx: 210 }, BOX);
    expect(wide.widthMm).toBeCloseTo(25);
    expect(wide.widthMm / wide.heightMm).toBeCloseTo(200 / 210);
    expect(fittedMm({ widthPx: 100, heightPx: 400 }, BOX)).toEqual({ widthMm: 8.75, heightMm: 35 });
    const body = bodyOf(shown(await filled(), new Map([[ONE, NAVY]])));
    const [, cx, cy] = /<wp:extent cx="(\d+)" cy="(\d+)"/.exec(body) ?? [];
    expect(Number(cx) / Number(cy)).toBeCloseTo(150 / 210);
  });

  it('are named by no text of a person: a mark that somebody types stays nothing', async () => {
    const typed = { ...DATA, rows: { 考生: [{ 姓名: `\uFFFC照片|${TWO}\uFFFC`, 照片: '' }] } };
    expect(picturesAsked(PAPER, cleanData(typed))).toEqual([ONE]);
    const zip = shown(
      await filled(typed),
      new Map([
        [ONE, NAVY],
        [TWO, NAVY],
      ]),
    );
    expect(Object.keys(zip.files).filter((name) => name.includes(TWO))).toEqual([]);
  });
});

describe('photos in a print', () => {
  const EDGE = { unitName: '示例市司法局', day: '2026年11月22日', mark: '' };
  const imagesIn = async (picture: Picture | string): Promise<number> => {
    const pdf = await drawPdf(PAPER, DATA, EDGE, new Map([[ONE, picture]]));
    return (
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Subtype \/Image/g) ?? []
    ).length;
  };

  it('stand in the PDF wherever their person stands', async () => {
    expect(await imagesIn(NAVY)).toBe(2);
  });

  it('keep their place open where a PNG is transparent or broken: the print is made all the same', async () => {
    expect(await imagesIn(pictureOf(portraitPng([0, 0, 0], { hasAlpha: true })))).toBe(0);
    expect(await imagesIn(pictureOf(NAVY.bytes.subarray(0, 60)))).toBe(0);
    expect(await imagesIn('照片已更换')).toBe(0);
  });

  const jpeg = (bytes: Uint8Array): Picture => ({ ...pictureOf(bytes), mediaType: 'image/jpeg' });
  const PLAIN = aJpeg(150, 210, 'note');
  const FRAME = PLAIN.findIndex((byte, at) => byte === 0xff && PLAIN[at + 1] === 0xc0);
  const changed = (at: number, byte: number): Uint8Array =>
    PLAIN.map((known, place) => (place === at ? byte : known));

  it('stand there as JPEG in grey, colour and print colours', async () => {
    for (const components of [1, 3, 4]) expect(await imagesIn(jpeg(changed(FRAME + 9, components)))).toBe(2);
  });

  it.each([
    ['with a fill byte before a marker', new Uint8Array([0xff, 0xd8, 0xff, ...PLAIN.subarray(2)])],
    ['with two components', changed(FRAME + 9, 2)],
    ['with no component', changed(FRAME + 9, 0)],
    ['with a frame of a reserved kind', changed(FRAME + 1, 0xc8)],
    ['whose data begin before a frame', changed(FRAME + 1, 0xda)],
    ['with a length that leads elsewhere', changed(5, 0x11)],
    ['cut off before its frame', PLAIN.subarray(0, FRAME + 4)],
    ['of nothing', new Uint8Array()],
  ])('keep their place open for a JPEG %s: the print is made all the same', async (_, bytes) => {
    expect(await imagesIn(jpeg(bytes))).toBe(0);
  });
});
