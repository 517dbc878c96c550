import type { NewTask, TaskAssignee } from '../task/task.ts';
import type { DocumentRecord } from './document.store.server.ts';
import type { PaperIssuer } from './paper.ts';
import { batchPath, documentPath } from './paths.ts';

const LONGEST_TITLE = 60;
const cut = (text: string): string =>
  text.length <= LONGEST_TITLE ? text : `${text.slice(0, LONGEST_TITLE - 1)}…`;

/** The office that gives the paper out: the unit's liaison for papers of a unit, else the bureau of the region. */
function officeOf(
  issuer: PaperIssuer,
  place: { readonly regionId: string; readonly unitId: string | null },
): TaskAssignee {
  return issuer === 'unit' && place.unitId !== null
    ? { role: 'unit_liaison', unitId: place.unitId, regionId: null }
    : { role: 'justice_bureau', unitId: null, regionId: place.regionId };
}

/** 补登文号 for one paper drawn without its number (domain.md §11.2: 文号 is entered after signing). */
export function numberTask(
  document: Pick<DocumentRecord, 'id' | 'title' | 'regionId' | 'unitId'>,
  issuer: PaperIssuer,
): NewTask {
  return {
    kind: 'document.number',
    key: document.id,
    title: cut(`登记文号：${document.title}`),
    proposal: '签发、盖章后登记文号，并附盖章扫描件；不再使用的，撤回并写明原因',
    origin: { kind: 'document', id: document.id, label: '文书' },
    path: documentPath(document.id),
    dueDay: null,
    assignee: officeOf(issuer, document),
  };
}

export const batchTaskKey = (batchId: string): string => `batch:${batchId}`;

/** One task for all papers of a batch that wait for their numbers: a class of two hundred is one thing to do. */
export function batchNumberTask(
  batch: {
    readonly id: string;
    readonly title: string;
    readonly regionId: string;
    readonly unitId: string | null;
  },
  issuer: PaperIssuer,
  papers: number,
): NewTask {
  return {
    ...numberTask(batch, issuer),
    key: batchTaskKey(batch.id),
    title: cut(`登记 ${papers} 份文书的文号：${batch.title}`),
    origin: { kind: 'document_batch', id: batch.id, label: '批量出具文书' },
    path: batchPath(batch.id),
  };
}

/** The person who started a batch hears that it stands still or left something out. */
export function batchStoppedTask(batch: {
  readonly id: string;
  readonly title: string;
  readonly round: number;
  readonly startedBy: string;
}): NewTask {
  return {
    kind: 'document.batch',
    key: stoppedTaskKey(batch),
    title: cut(`有文书没有出具：${batch.title}`),
    proposal: '按原因处理后点“继续出具”，只补没有出具的，已出具的保留',
    origin: { kind: 'document_batch', id: batch.id, label: '批量出具文书' },
    path: batchPath(batch.id),
    dueDay: null,
    assignee: { accountId: batch.startedBy },
  };
}

export const stoppedTaskKey = (batch: { readonly id: string; readonly round: number }): string =>
  `${batch.id}:${batch.round}`;
