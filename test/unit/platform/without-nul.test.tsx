import { text } from 'node:stream/consumers';
import { PassThrough } from 'node:stream';
import { renderToPipeableStream } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { withoutNul } from '#app/platform/http/without-nul.server.ts';

/** A page whose Chinese text crosses the end of React's output buffer at every possible byte. */
function page(offset: number) {
  return (
    <main>
      <p>{'a'.repeat(offset)}</p>
      {Array.from({ length: 200 }, (_, index) => (
        <p key={index}>{`行政执法人员培训第${index}期`}</p>
      ))}
    </main>
  );
}

const rendered = (offset: number, through: PassThrough | ReturnType<typeof withoutNul>) => {
  const { pipe } = renderToPipeableStream(page(offset), { onAllReady: () => pipe(through) });
  return text(through);
};

describe('a page on its way to the browser', () => {
  it('holds no NUL and every character, wherever the renderer cuts it', async () => {
    let withNul = 0;
    for (let offset = 0; offset < 6; offset += 1) {
      const html = await rendered(offset, withoutNul());
      expect(html).not.toMatch(/[\0\uFFFD]/);
      for (const index of [0, 57, 199]) expect(html).toContain(`行政执法人员培训第${index}期`);
      const raw = await rendered(offset, new PassThrough());
      expect(raw.replaceAll('\0', '')).toBe(html);
      withNul += raw.includes('\0') ? 1 : 0;
    }
    // When this fails, the renderer has been mended and the filter can go.
    expect(withNul).toBeGreaterThan(0);
  });

  it('passes bytes cut in the middle of a character on as they are', async () => {
    const through = withoutNul();
    const bytes = Buffer.from('执法');
    through.write(bytes.subarray(0, 2));
    through.write(Buffer.concat([Buffer.of(0), bytes.subarray(2)]));
    through.end();
    expect(await text(through)).toBe('执法');
  });
});
