import { describe, expect, it } from 'vitest';
import { makeDoor } from '#app/platform/http/door.server.ts';
import { STRANGER_BODY_BYTES, withSmallBody } from '#app/platform/http/small-body.server.ts';

const MOST = STRANGER_BODY_BYTES;
const post = (body: BodyInit | null, headers: Record<string, string> = {}): Request =>
  new Request('http://127.0.0.1/login', {
    method: 'POST',
    body,
    headers,
    ...(body instanceof ReadableStream ? { duplex: 'half' as const } : {}),
  });

/** Pieces of 1 KB without an announced length; tells how many were asked for. */
function pieces(count: number): { body: ReadableStream<Uint8Array>; given: () => number } {
  let given = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (given === count) return controller.close();
      given += 1;
      controller.enqueue(new Uint8Array(1024));
    },
  });
  return { body, given: () => given };
}

const statusOf = async (request: Request): Promise<number> => {
  try {
    await withSmallBody(request, MOST);
    return 200;
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.status;
    throw thrown;
  }
};

describe('a body from a stranger', () => {
  it('is read up to the limit and given on as it was', async () => {
    const form = new URLSearchParams({ login: '张三', password: 'x'.repeat(100) });
    const small = await withSmallBody(post(form), MOST);
    expect(Object.fromEntries(await small.formData())).toEqual(Object.fromEntries(form));
    expect(await statusOf(post('x'.repeat(MOST)))).toBe(200);
    expect(await withSmallBody(new Request('http://127.0.0.1/login'), MOST)).toBeInstanceOf(Request);
  });

  it('is refused when it holds what no text may hold', async () => {
    expect(await statusOf(post(new URLSearchParams({ login: '张\u0000三' })))).toBe(400);
    const form = new FormData();
    form.set('login', '张\u0000三');
    expect(await statusOf(post(form))).toBe(400);
    expect(await statusOf(post(new URLSearchParams({ login: '100%00' })))).toBe(200);
  });

  it('is refused unread when it announces more', async () => {
    const { body, given } = pieces(1);
    expect(await statusOf(post(body, { 'Content-Length': String(MOST + 1) }))).toBe(413);
    expect(given()).toBeLessThanOrEqual(1);
  });

  it('is refused as soon as it is more, whatever it announced', async () => {
    for (const headers of [{}, { 'Content-Length': '10' }]) {
      const { body, given } = pieces(100_000);
      expect(await statusOf(post(body, headers))).toBe(413);
      expect(given()).toBeLessThan(12);
    }
  });
});

describe('a door', () => {
  const args = (request: Request) => ({ request, params: {}, context: {} }) as never;
  const admit = () => Promise.resolve(null);
  const reads = async ({ request }: { request: Request }) => (await request.arrayBuffer()).byteLength;

  it('takes no large body unless it says that strangers are turned away first', async () => {
    const large = () => post(new Uint8Array(MOST + 1));
    await expect(makeDoor('some', admit, reads)(args(large()))).rejects.toMatchObject({ status: 413 });
    expect(await makeDoor('some', admit, reads, null)(args(large()))).toBe(MOST + 1);
  });
});
