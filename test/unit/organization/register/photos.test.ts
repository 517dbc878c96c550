import { describe, expect, it } from 'vitest';
import {
  isPackingLeftover,
  leadsOutside,
  readPhotoName,
  shownPhotoName,
} from '#app/organization/register/photo-name.ts';
import { MAX_PICTURE_BYTES, readPicture } from '#app/organization/register/picture.ts';
import { makeIdNumber } from '#test/support/id-number.ts';
import { aJpeg, aPng } from '#test/support/pictures.ts';

const ID = makeIdNumber(42);

describe('the name of a photo file', () => {
  it.each([
    [`${ID}.jpg`, null],
    [`${ID}.JPEG`, null],
    [`张三+${ID}.jpg`, '张三'],
    [`张三${ID}.png`, '张三'],
    [`${ID}张三.jpg`, '张三'],
    [`某局/2026/张　三 + ${ID}.jpg`, '张三'],
    [`阿卜杜•热西提-${ID}.jpg`, '阿卜杜·热西提'],
  ])('%s means one person', (path, personName) => {
    expect(readPhotoName(path)).toEqual({ idNumber: ID, personName });
  });

  it('without a number, or with a wrong one, means nobody', () => {
    expect(readPhotoName('张三.jpg')).toBe('NAME_WITHOUT_ID');
    expect(readPhotoName(`${ID.slice(0, 17)}${ID[17] === '1' ? '2' : '1'}.jpg`)).toBe('NAME_ID_WRONG');
  });

  it('is shown with its number masked', () => {
    expect(shownPhotoName(`某局/张三+${ID}.jpg`)).not.toContain(ID);
    expect(shownPhotoName(`某局/张三+${ID}.jpg`)).toContain('张三');
  });

  it.each(['../x.jpg', 'a/../../x.jpg', '/etc/x.jpg', 'C:\\x.jpg', 'a\\..\\x.jpg', 'a\0.jpg'])(
    'leads outside: %j',
    (path) => {
      expect(leadsOutside(path)).toBe(true);
    },
  );

  it('knows what packing programs leave behind', () => {
    for (const path of ['__MACOSX/._a.jpg', '.DS_Store', 'x/Thumbs.db', 'desktop.ini'])
      expect(isPackingLeftover(path)).toBe(true);
    expect(isPackingLeftover(`照片/${ID}.jpg`)).toBe(false);
  });
});

describe('the picture itself, told by its bytes', () => {
  it('gives type and size of JPEG and PNG', () => {
    expect(readPicture(aJpeg(358, 441))).toEqual({ mediaType: 'image/jpeg', widthPx: 358, heightPx: 441 });
    expect(readPicture(aPng(295, 413))).toEqual({ mediaType: 'image/png', widthPx: 295, heightPx: 413 });
  });

  it.each([
    ['a text', new TextEncoder().encode('not a picture at all, whatever its name says'), 'NOT_A_PICTURE'],
    [
      'a GIF',
      new Uint8Array([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, ...new Array<number>(40).fill(0)]),
      'NOT_A_PICTURE',
    ],
    ['a cut JPEG', aJpeg(358, 441).slice(0, 8), 'PICTURE_BROKEN'],
    ['a cut PNG', aPng(295, 413).slice(0, 20), 'PICTURE_BROKEN'],
    ['too many bytes', new Uint8Array(MAX_PICTURE_BYTES + 1), 'PICTURE_TOO_LARGE'],
    ['too many points', aJpeg(6_001, 7_000), 'PICTURE_TOO_LARGE'],
    ['too few points', aJpeg(99, 120), 'PICTURE_TOO_SMALL'],
    ['a landscape', aPng(441, 358), 'PICTURE_SHAPE'],
  ])('refuses %s', (_, bytes, problem) => {
    expect(readPicture(bytes)).toBe(problem);
  });

  it('takes the smallest size and a square', () => {
    expect(readPicture(aJpeg(100, 120))).toMatchObject({ widthPx: 100 });
    expect(readPicture(aPng(120, 120))).toMatchObject({ heightPx: 120 });
  });
});
