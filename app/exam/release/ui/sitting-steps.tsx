import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { latePath } from '../../result/late/late.ts';
import { datePath, papersPath, planPath, roomsPath, settingsPath } from '../../seating/paths.ts';
import { keyInPath, sealPath } from '../confirmation.ts';

/** In the order of the work: before the day, on the day, after it. */
const STEPS = [
  { id: 'rooms', label: '考场编排', path: roomsPath },
  { id: 'seats', label: '座次表', path: planPath },
  { id: 'date', label: '改期', path: datePath },
  { id: 'settings', label: '场次设置', path: settingsPath },
  { id: 'seal', label: '封卷', path: sealPath },
  { id: 'board', label: '监考看板', path: (id: string) => `/invigilate/${id}` },
  { id: 'late', label: '断网补传', path: latePath },
  { id: 'key_in', label: '答题卡录入', path: keyInPath },
  { id: 'papers', label: '文书', path: papersPath },
] as const;

export type SittingStep = (typeof STEPS)[number]['id'];

/** The way to the other pages of one sitting, the same on each of them. */
export function SittingSteps({ sittingId, here }: { sittingId: string; here: SittingStep }) {
  return (
    <nav aria-label="本场考试" className="no-print flex flex-wrap gap-2">
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
