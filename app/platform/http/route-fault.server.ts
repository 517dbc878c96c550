import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { createLogger } from '#app/platform/log/logger.server.ts';

const log = createLogger();

/** Logs what a loader, action or render threw, once, with the id the person sees on the error page. */
export function logRouteFault(
  error: unknown,
  { request, context }: LoaderFunctionArgs | ActionFunctionArgs,
): void {
  if (request.signal.aborted) return;
  log.error(
    { err: error, requestId: context.requestId, path: new URL(request.url).pathname },
    'route failed',
  );
}
