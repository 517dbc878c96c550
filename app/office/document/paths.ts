export const TEMPLATES_PATH = '/bureau/templates';
export const DOCUMENTS_PATH = '/bureau/documents';

/** Page of one paper's templates; the region only when it is not the first of one's own. */
export function templatePath(paperCode: string, search: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(search).toString();
  return `${TEMPLATES_PATH}/${paperCode}${query === '' ? '' : `?${query}`}`;
}

/** A template to download. @param search `version`, `as`, `region` */
export function templateFilePath(paperCode: string, search: Readonly<Record<string, string>>): string {
  return `${TEMPLATES_PATH}/${paperCode}/file?${new URLSearchParams(search).toString()}`;
}

export const documentPath = (documentId: string): string => `/documents/${documentId}`;

/** @param part `original`, `pdf`, or the id of the event that brought a scan */
export const documentFilePath = (documentId: string, part: string): string =>
  `/documents/${documentId}/file/${part}`;

export const batchPath = (batchId: string): string => `/documents/batches/${batchId}`;
