import type { Express, NextFunction, Request as Incoming, Response as Outgoing } from 'express';
import { renderToString } from 'react-dom/server';
import type { OwnCtx, RequestCtx } from '#app/accounts/actor.server.ts';
import type { Services } from '#app/accounts/part.server.ts';
import { leaveToOrdinaryWay } from '#app/platform/http/ordinary-way.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { parsePreferences, serializePreferences } from '#app/platform/ui/theme/preferences.ts';
import type { Stencil } from '#app/platform/ui/stencil.ts';
import { cutStencil, fillStencil } from '#app/platform/ui/stencil.ts';
import type { RoomView } from './attempt-view.server.ts';
import { viewAttempt } from './attempt-view.server.ts';
import { readDeviceKey } from './device.server.ts';
import { ExamRoom } from './ui/exam-room.tsx';
import type { PaperView } from './ui/paper-view.ts';
import { readView, viewCookie } from './ui/paper-view.ts';
import { paperPrinter } from './ui/print-questions.server.tsx';
import { QuestionPrinter } from './ui/question-printer.ts';
import { ROOM_BODY_HOLE, ROOM_TEXT_HOLE } from './ui/room-hole.ts';
import { keepView } from './seen-view.server.ts';
import { ownCtxHot } from './who-sits.server.ts';

declare module '@remix-run/server-runtime' {
  interface AppLoadContext {
    /** The page is rendered without anybody's attempt, to be kept as a frame. */
    isRoomFrame?: boolean | undefined;
  }
}

/** An attempt nobody has: version 7 of a moment long gone. */
const NO_ATTEMPT = '00000000-0000-7000-8000-000000000000';
const NONCE = 'the-nonce-of-the-page';
const REQUEST_ID = 'the-id-of-the-request';
const MARK = new RegExp([NO_ATTEMPT, NONCE, REQUEST_ID, ROOM_TEXT_HOLE, ROOM_BODY_HOLE].join('|'));
/** The frame is rendered as for a browser, not for a program that reads pages. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36';

interface Frame {
  readonly stencil: Stencil;
  readonly headers: readonly (readonly [string, string])[];
}

/** Everything the page of a room is put together from. */
interface RoomPage {
  readonly room: RoomView;
  readonly view: PaperView;
  readonly nonce: string;
  readonly requestId: string;
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '\\u0026',
  '>': '\\u003e',
  '<': '\\u003c',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** A text as it stands in a page's data: in the JSON of the data, in the JSON of the script, as Remix writes both. */
function inData(text: string): string {
  const inner = (value: string): string => JSON.stringify(value).slice(1, -1);
  return inner(inner(text)).replace(/[&><\u2028\u2029]/g, (sign) => ESCAPED[sign] ?? sign);
}

const bodyOf = ({ room, view }: RoomPage): string =>
  renderToString(
    <QuestionPrinter.Provider value={paperPrinter}>
      <ExamRoom room={room} view={view} isHandingIn={false} refusal={null} />
    </QuestionPrinter.Provider>,
  );

function put({ stencil }: Frame, page: RoomPage): string {
  const pieces: Readonly<Record<string, string>> = {
    [NO_ATTEMPT]: page.room.attemptId,
    [NONCE]: page.nonce,
    [REQUEST_ID]: page.requestId,
    [ROOM_TEXT_HOLE]: inData(JSON.stringify(page.room)),
    [ROOM_BODY_HOLE]: bodyOf(page),
  };
  return fillStencil(stencil, (mark) => pieces[mark] ?? '');
}

type RenderPage = NonNullable<Services['renderPage']>;

/** Who comes first opens the door of the page; the frame shows nothing of an account. */
const opener = ({ actor, ...ctx }: OwnCtx): RequestCtx => ({
  ...ctx,
  actor: { ...actor, accountId: ctx.actorId, login: '', displayName: '', grants: [] },
});

/** Remix renders the room without an attempt: everything around it is the same for all. */
async function renderFrame(render: RenderPage, ctx: OwnCtx, cookie: string): Promise<Frame> {
  const headers = { Cookie: cookie, 'User-Agent': BROWSER };
  const request = new Request(`http://localhost/attempts/${NO_ATTEMPT}`, { headers });
  const response = await render(request, {
    ...{ nonce: NONCE, requestId: REQUEST_ID, isRoomFrame: true },
    requestCtx: () => Promise.resolve(opener(ctx)),
  });
  const stencil = cutStencil(await response.text(), MARK);
  const isWhole = [ROOM_TEXT_HOLE, ROOM_BODY_HOLE].every(
    (hole) => stencil.holes.filter((one) => one === hole).length === 1,
  );
  const isForAll = !response.headers.has('Set-Cookie') && stencil.holes.includes(NONCE);
  if (response.status !== 200 || !isWhole || !isForAll)
    throw new Error(`no frame of the exam room: ${response.status}`);
  return { stencil, headers: [...response.headers] };
}

type FrameFor = (ctx: OwnCtx, cookieHeader: string, view: PaperView) => Promise<Frame>;

function createFrames(render: RenderPage): FrameFor {
  // By theme, size and view, a dozen in all: whatever else a cookie says is one of these.
  const frames = new Map<string, Promise<Frame>>();
  return (ctx, cookieHeader, view) => {
    const pairs = [serializePreferences(parsePreferences(cookieHeader)), viewCookie(view)];
    const cookie = pairs.map((pair) => pair.split(';')[0] ?? '').join('; ');
    const known = frames.get(cookie);
    if (known) return known;
    const made = renderFrame(render, ctx, cookie);
    frames.set(cookie, made);
    made.catch(() => frames.delete(cookie));
    return made;
  };
}

/**
 * GET /attempts/:attempt for a running attempt, before Remix: the same page from the same view and the same components.
 * Remix renders once what stands around the room, and the room of this candidate is put in; routing, the data of nested
 * routes and the document around it were three quarters of the work. Whoever is elsewhere, too early, too late, asks for
 * something special or has a session to prolong goes the ordinary way. Permission `exam.sit`, asked by the view.
 */
export function mountRoomPage(app: Express, services: Services): void {
  const { renderPage } = services;
  if (renderPage === undefined) return;
  const frameFor = createFrames(renderPage);

  const send = async (req: Incoming, res: Outgoing): Promise<boolean> => {
    const { attempt: attemptId } = req.params;
    const cookie = req.get('cookie') ?? '';
    if (req.method !== 'GET' || !isId(attemptId) || req.originalUrl.includes('?')) return false;
    const requestId = String(res.locals.requestId);
    const ctx = await ownCtxHot(services)(cookie, requestId);
    if (ctx === null) return false;
    const seen = await viewAttempt(ctx, { attemptId, deviceKey: readDeviceKey(cookie, attemptId) });
    if (!seen.ok || seen.value.kind !== 'room') {
      keepView(req, ctx.actorId, seen);
      return false;
    }
    const view = readView(null, cookie);
    const frame = await frameFor(ctx, cookie, view);
    const html = put(frame, { room: seen.value, view, requestId, nonce: String(res.locals.nonce) });
    for (const [name, value] of frame.headers) res.setHeader(name, value);
    // Bytes, made once: of a text every layer below would make its own.
    res.end(Buffer.from(html));
    return true;
  };

  const { log } = services.system;
  app.get('/attempts/:attempt', (req: Incoming, res: Outgoing, next: NextFunction) => {
    send(req, res).then(
      (isSent) => (isSent || req.destroyed ? undefined : next()),
      (error: unknown) => {
        leaveToOrdinaryWay(req, error, { log, source: 'room page', requestId: res.locals.requestId });
        next();
      },
    );
  });
}
