import type { AppLoadContext, EntryContext, HandleErrorFunction } from '@remix-run/node';
import { createReadableStreamFromReadable } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { paperPrinter } from './exam/sitting/ui/print-questions.server.tsx';
import { QuestionPrinter } from './exam/sitting/ui/question-printer.ts';
import { NonceContext } from './platform/http/nonce.ts';
import { withoutNul } from './platform/http/without-nul.server.ts';
import { createLogger } from './platform/log/logger.server.ts';

/** The start script takes this from the built bundle, so that pool, sessions and limits exist once. */
export { startApplication } from './main.server.ts';

/** Longest a page may stream, in milliseconds; React is given a second more to say what is missing. */
export const streamTimeout = 10_000;
const ABORT_MS = streamTimeout + 1_000;

const log = createLogger();

/** A failure nobody expected, logged once with the id its page shows. A visitor who went away is no failure. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted) return;
  const { requestId } = context;
  log.error({ err: error, requestId, method: request.method, path: new URL(request.url).pathname }, 'fault');
};

interface Rendering {
  readonly request: Request;
  readonly status: number;
  readonly headers: Headers;
  readonly context: EntryContext;
  readonly nonce: string;
  readonly requestId: string;
}

/** Programs that read pages get them whole; people see the frame as soon as it stands. */
function render({ request, status, headers, context, nonce, requestId }: Rendering): Promise<Response> {
  return new Promise((resolve, reject) => {
    let statusNow = status;
    let isAnswered = false;
    const answer = (): void => {
      isAnswered = true;
      const body = withoutNul();
      headers.set('Content-Type', 'text/html; charset=utf-8');
      body.once('close', () => clearTimeout(timer));
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: statusNow }));
      pipe(body);
    };
    const isProgram = isbot(request.headers.get('User-Agent') ?? '');
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <QuestionPrinter.Provider value={paperPrinter}>
          <RemixServer context={context} url={request.url} nonce={nonce} />
        </QuestionPrinter.Provider>
      </NonceContext.Provider>,
      {
        nonce,
        ...(isProgram ? { onAllReady: answer } : { onShellReady: answer }),
        onShellError: (error) => {
          clearTimeout(timer);
          reject(error instanceof Error ? error : new Error('the page could not be rendered'));
        },
        onError: (error) => {
          statusNow = 500;
          // A failure of the shell comes back through `reject` and is logged by `handleError`.
          if (isAnswered) log.error({ err: error, requestId }, 'fault while streaming');
        },
      },
    );
    // Cleared whenever the answer ends: otherwise every request would pin its page in memory for the whole delay.
    const timer = setTimeout(abort, ABORT_MS);
  });
}

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const { nonce, requestId } = loadContext;
  return render({ request, status, headers, context, nonce, requestId });
}
