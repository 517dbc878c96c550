import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { latePath } from '../../result/late/late.ts';
import { keyInPath, sealPath } from '../confirmation.ts';

const STEPS = [
  { id: 'rooms', label: '考场编排', path: (id: string) => `/bureau/exams/sittings/${id}/rooms` },
  { id: 'seal', label: '封卷', path: sealPath },
  { id: 'key_in', label: '答题卡录入', path: keyInPath },
  { id: 'late', label: '断网补传', path: latePath },
  { id: 'papers', label: '文书', path: (id: string) => `/bureau/exams/${id}/papers` },
] as const;

/** The way to the other pages of one sitting. */
export function SittingSteps({ sittingId, here }: { sittingId: string; here: 'seal' | 'key_in' }) {
  return (
    <nav aria-label="本场考试" className="flex flex-wrap gap-2">
      {STEPS.map(({ id, label, path }) => (
        <LinkButton
          key={id}
          size="small"
          to={path(sittingId)}
          tone={id === here ? 'primary' : 'secondary'}
          aria-current={id === here ? 'page' : undefined}
        >
          {label}
        </LinkButton>
      ))}
    </nav>
  );
}
