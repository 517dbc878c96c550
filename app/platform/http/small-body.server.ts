/** What a form that a stranger may send can hold: two numbers, a name, a password, the way back. */
export const STRANGER_BODY_BYTES = 8 * 1024;

/** Nothing more of the body is read; where the answer goes out as it is, it asks for the connection to be closed. */
const tooLarge = (mostBytes: number): Response =>
  new Response(`提交的内容过大（上限 ${Math.floor(mostBytes / 1024)} KB）。`, {
    status: 413,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' },
  });

async function readUpTo(
  body: ReadableStream<Uint8Array>,
  mostBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > mostBytes) {
      await reader.cancel();
      throw tooLarge(mostBytes);
    }
    pieces.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

/** What no form of a browser holds and no text column takes: NUL, as a byte or as `%00`. */
const hasNul = (bytes: Uint8Array): boolean => bytes.includes(0) || Buffer.from(bytes).includes('%00');

/**
 * The same request with its body read, for doors where strangers knock: nobody who is not known yet makes the server hold
 * more than `mostBytes`. What announces more is refused unread; what announces less, or nothing, is counted while it comes.
 * @throws Response 413; 400 for what holds a NUL
 */
export async function withSmallBody(request: Request, mostBytes: number): Promise<Request> {
  if (request.body === null) return request;
  if (Number(request.headers.get('Content-Length') ?? 0) > mostBytes) throw tooLarge(mostBytes);
  const body = await readUpTo(request.body, mostBytes);
  if (hasNul(body)) throw new Response(null, { status: 400 });
  return new Request(request, { body });
}
