import { formatRange } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { sealPath } from '../../release/confirmation.ts';
import { datePath, papersPath, planPath, roomsPath } from '../paths.ts';

export interface SeatingHeadProps {
  readonly sitting: {
    readonly id: string;
    readonly title: string;
    readonly opensAt: Date;
    readonly hardEndAt: Date;
  };
  readonly here: 'rooms' | 'seats' | 'date' | 'papers';
}

const PAGES = [
  { id: 'rooms', label: '考场编排', path: roomsPath },
  { id: 'seats', label: '座次表', path: planPath },
  { id: 'date', label: '改期', path: datePath },
  { id: 'seal', label: '封卷', path: sealPath },
  { id: 'papers', label: '文书', path: papersPath },
] as const;

/** Head of every page of one sitting's seats, with the way to the others. */
export function SeatingHead({ sitting, here }: SeatingHeadProps) {
  return (
    <PageHead
      title={sitting.title}
      breadcrumb={[{ label: '考试场次', to: '/bureau/exams' }, { label: '考场编排' }]}
      meta={<span className="tabular-nums">{formatRange(sitting.opensAt, sitting.hardEndAt)}</span>}
      scope={
        <nav aria-label="本场考试" className="flex flex-wrap gap-2">
          {PAGES.map(({ id, label, path }) => (
            <LinkButton
              key={id}
              size="small"
              to={path(sitting.id)}
              tone={id === here ? 'primary' : 'secondary'}
              aria-current={id === here ? 'page' : undefined}
            >
              {label}
            </LinkButton>
          ))}
        </nav>
      }
    />
  );
}
