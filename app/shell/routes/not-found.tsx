import type { MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { publicDoor } from '#app/accounts/door.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { ErrorPanel } from '#app/platform/ui/feedback/error-panel.tsx';
import { errorWords } from '#app/platform/ui/feedback/error-words.ts';
import { PublicFrame } from '#app/platform/ui/frames/public-frame.tsx';
import { parsePreferences } from '#app/platform/ui/theme/preferences.ts';
import { frameOf } from '../frame-view.server.ts';
import { SignedInFrame } from '../ui/signed-in-frame.tsx';

const WORDS = errorWords(404);

export const meta: MetaFunction = () => [{ title: `${WORDS.title} · 执法学堂` }];

/** Any path nobody knows, answered inside the frame of whoever asks: strangers are not sent to sign in for nothing. */
export const loader = publicDoor('public.read', async ({ ctx, request }) => {
  const { actor, actorId } = ctx;
  const preferences = parsePreferences(request.headers.get('Cookie'));
  const frame =
    actor === null || actorId === null ? null : await frameOf({ ...ctx, actor, actorId }, request);
  return data({ frame, preferences, requestId: ctx.requestId }, { status: 404 });
});

export default function NotFound() {
  const { frame, preferences, requestId } = useLoaderData<typeof loader>();
  const panel = (
    <ErrorPanel
      status={404}
      title={WORDS.title}
      text={WORDS.text}
      requestId={requestId}
      next={
        <LinkButton tone="primary" to={WORDS.next.to}>
          {WORDS.next.label}
        </LinkButton>
      }
    />
  );
  return frame ? (
    <SignedInFrame frame={frame}>{panel}</SignedInFrame>
  ) : (
    <PublicFrame preferences={preferences}>{panel}</PublicFrame>
  );
}
