import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawQuestion, questionSource } from '#app/training/study/presence-question.ts';

const PARAGRAPHS = [
  '行政处罚应当由具有行政执法资格的执法人员实施，法律另有规定的除外。',
  '当事人有权进行陈述和申辩，行政机关必须充分听取意见，并对事实、理由和证据进行复核。',
  '执法人员在调查时应当主动出示执法证件，表明身份，告知检查事由。',
  '现场笔录由当事人签名；当事人拒绝签名的，执法人员应当在笔录中注明原因。',
  '行政机关在作出处罚决定之前，应当告知拟作出的处罚内容以及依据。',
];
const html = `<h2>调查取证的基本要求和一般步骤说明</h2>${PARAGRAPHS.map((text) => `<p>${text}</p>`).join('')}`;
const source = questionSource([
  { kind: 'html', html },
  { kind: 'check', id: 'c1' },
]);

const seed = fc.uuid().map((id) => `${id}:7`);
const place = fc.integer({ min: 0, max: 1000 });

describe('the presence question drawn from the lesson', () => {
  it('is a sentence of the lesson with one word missing, which is among the four words to choose from', () => {
    fc.assert(
      fc.property(seed, place, (one, position) => {
        const question = drawQuestion(source, one, position);
        expect(question).not.toBeNull();
        if (question === null) return;
        const right = question.options[question.rightIndex] ?? '';
        const full = question.stem.replace('____', right);
        expect(PARAGRAPHS.some((text) => text.includes(full))).toBe(true);
        expect(new Set(question.options).size).toBe(4);
        expect(question.options.filter((word) => full.includes(word))).toEqual([right]);
      }),
    );
  });

  it('is the same for the same open question, in every process and after a restart', () => {
    fc.assert(
      fc.property(seed, place, (one, position) => {
        const again = questionSource([{ kind: 'html', html }]);
        expect(drawQuestion(again, one, position)).toEqual(drawQuestion(source, one, position));
      }),
    );
  });

  it('has its right word in every place about equally often', () => {
    const places = [0, 0, 0, 0];
    for (let index = 0; index < 400; index += 1) {
      const right = drawQuestion(source, `visit-${index}:3`, 500)?.rightIndex ?? -1;
      places[right] = (places[right] ?? 0) + 1;
    }
    for (const times of places) expect(times).toBeGreaterThan(60);
  });

  it('asks about the text near the reader', () => {
    const long = Array.from({ length: 40 }, (_, index) => {
      const word = PARAGRAPHS[index % 3] ?? '';
      return `<p>第${index}段：${word}</p>`;
    }).join('');
    const many = questionSource([{ kind: 'html', html: long }]);
    for (let index = 0; index < 50; index += 1) {
      const stem = drawQuestion(many, `v:${index}`, 500)?.stem ?? '';
      const paragraph = Number(/第(\d+)段/.exec(stem)?.[1]);
      expect(paragraph).toBeGreaterThanOrEqual(14);
      expect(paragraph).toBeLessThanOrEqual(26);
    }
  });

  it.each([
    ['no text', '<p></p>'],
    ['one sentence', '<p>行政处罚应当由具有行政执法资格的人员实施。</p>'],
    ['headings only', '<h2>行政处罚的一般程序和简易程序</h2>'],
  ])('is left out where there is too little to ask about: %s', (_, text) => {
    const short = questionSource([{ kind: 'html', html: text }]);
    expect(drawQuestion(short, 'v:1', 0)).toBeNull();
  });

  it('reads marks and entities as the reader sees them', () => {
    const marked = questionSource([
      {
        kind: 'html',
        html: '<p>依据<strong>《行政处罚法》</strong>第四十二条，不得少于两人&amp;须出示证件。</p>',
      },
    ]);
    expect(marked.sentences[0]?.text).toBe('依据《行政处罚法》第四十二条，不得少于两人&须出示证件。');
  });
});
