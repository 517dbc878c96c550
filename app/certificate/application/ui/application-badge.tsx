import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { ApplicationState } from '../application.ts';
import { APPLICATION_LOOKS, APPLICATION_WORDS } from '../application.ts';

export function ApplicationBadge({ state }: { state: ApplicationState }) {
  return <StateBadge {...APPLICATION_LOOKS[state]}>{APPLICATION_WORDS[state]}</StateBadge>;
}
