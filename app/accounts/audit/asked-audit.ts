import type { Day } from '#app/platform/time/day.ts';
import { addDays } from '#app/platform/time/day.ts';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';

export const AUDIT_PATH = '/admin/audit';
/** More rows than this are exported in several files, by narrower days. */
export const MAX_EXPORT_ROWS = 50_000;
/** What is shown before somebody asks for more. */
const SHOWN_DAYS = 7;

export interface AskedAudit {
  readonly fromDay: Day;
  /** Last day, included. */
  readonly toDay: Day;
  /** Login or name of who acted; empty for all. */
  readonly actor: string;
  readonly action: string;
  /** Kind or id of what was acted on. */
  readonly subject: string;
  readonly direction: 'asc' | 'desc';
  readonly page: number;
  readonly size: number;
}

/** Reads the question from the URL; a malformed part is read as its default. */
export function parseAskedAudit(params: URLSearchParams, today: Day): AskedAudit {
  const query = parseTableQuery(params, {
    sorts: ['time'],
    defaultSort: { field: 'time', direction: 'desc' },
    filters: ['actor', 'action', 'subject'],
    defaultSize: 50,
  });
  const toDay = parseDateText(params.get('to') ?? '') ?? today;
  const asked = parseDateText(params.get('from') ?? '') ?? addDays(toDay, -(SHOWN_DAYS - 1));
  const { actor = '', action = '', subject = '' } = query.filters;
  return {
    fromDay: asked <= toDay ? asked : toDay,
    toDay,
    actor,
    action,
    subject,
    direction: query.sort.direction,
    page: query.page,
    size: query.size,
  };
}
