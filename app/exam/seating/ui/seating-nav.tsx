import { formatRange } from '#app/platform/time/day.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { SittingStep } from '../../release/ui/sitting-steps.tsx';
import { SittingSteps } from '../../release/ui/sitting-steps.tsx';

const TITLES = {
  rooms: '考场编排',
  seats: '座次表',
  date: '改期',
  settings: '场次设置',
  papers: '文书',
} as const satisfies Partial<Record<SittingStep, string>>;

export interface SeatingHeadProps {
  readonly sitting: {
    readonly id: string;
    readonly title: string;
    readonly opensAt: Date;
    readonly hardEndAt: Date;
  };
  readonly here: keyof typeof TITLES;
}

/** Head of every page of one sitting's seats, with the way to the others. */
export function SeatingHead({ sitting, here }: SeatingHeadProps) {
  return (
    <PageHead
      title={sitting.title}
      breadcrumb={[{ label: '考试场次', to: '/bureau/exams' }, { label: TITLES[here] }]}
      meta={<span className="tabular-nums">{formatRange(sitting.opensAt, sitting.hardEndAt)}</span>}
      scope={<SittingSteps sittingId={sitting.id} here={here} />}
    />
  );
}
