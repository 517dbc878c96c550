/** Columns of the list of sittings that can be sorted by. */
export const SITTING_SORTS = ['opensAt', 'title', 'registered', 'started', 'passed'] as const;
export type SittingSort = (typeof SITTING_SORTS)[number];

export const SITTING_STATUSES = ['draft', 'published', 'closed', 'cancelled'] as const;
export type SittingStatus = (typeof SITTING_STATUSES)[number];

/** How a sitting stands: once it is published, the clock says so. */
export const SITTING_PHASES = ['draft', 'ahead', 'running', 'over', 'cancelled'] as const;
export type SittingPhase = (typeof SITTING_PHASES)[number];

/** Phase of a sitting in words and shape. */
export const SITTING_PHASE_WORDS = {
  draft: { label: '草稿', shape: 'dot', tone: 'pending' },
  ahead: { label: '未开考', shape: 'hollow', tone: 'neutral' },
  running: { label: '进行中', shape: 'solid', tone: 'positive' },
  over: { label: '已结束', shape: 'half', tone: 'neutral' },
  cancelled: { label: '已取消', shape: 'hollow', tone: 'danger' },
} as const satisfies Record<SittingPhase, { label: string; shape: string; tone: string }>;

/** Running from the opening to the hard end, both included; the list of sittings asks the database the same. */
export function sittingPhase(
  { status, opensAt, hardEndAt }: { status: SittingStatus; opensAt: Date; hardEndAt: Date },
  now: Date,
): SittingPhase {
  if (status === 'draft' || status === 'cancelled') return status;
  if (status === 'closed' || now > hardEndAt) return 'over';
  return now < opensAt ? 'ahead' : 'running';
}
