/** Columns of the list of sittings that can be sorted by. */
export const SITTING_SORTS = ['opensAt', 'title', 'registered', 'started', 'passed'] as const;
export type SittingSort = (typeof SITTING_SORTS)[number];

export const SITTING_STATUSES = ['draft', 'published', 'closed', 'cancelled'] as const;
export type SittingStatus = (typeof SITTING_STATUSES)[number];

/** State of a sitting in words and shape. */
export const SITTING_STATUS_WORDS = {
  draft: { label: '草稿', shape: 'dot', tone: 'pending' },
  published: { label: '已发布', shape: 'solid', tone: 'positive' },
  closed: { label: '已结束', shape: 'hollow', tone: 'neutral' },
  cancelled: { label: '已取消', shape: 'hollow', tone: 'danger' },
} as const satisfies Record<SittingStatus, { label: string; shape: string; tone: string }>;
