import * as XLSX from '@e965/xlsx';
import type { WorkbookGrid } from '../table/cell.ts';
import { checkWorkbookZip } from './check-zip.server.ts';
import { readCsv } from './csv-grid.server.ts';
import type { FileRefusal } from './file-refusal.ts';
import { fileRefusal } from './file-refusal.ts';
import { refuseBySize } from './file-size.ts';
import { loadCodepages, readSpreadsheet } from './sheetjs-grid.server.ts';
import { sniffFile } from './sniff-file.ts';

/** Name of the one sheet of a .csv; counts as no name. */
const CSV_SHEET_NAME = 'Sheet1';

/** Reads the bytes of a .xlsx, .xls, WPS save or .csv. Runs inside the worker thread; costs memory and time in
 *  proportion to the file, within the limits of limits.ts. Never throws for what a stranger may send. */
export async function parseWorkbook(bytes: Uint8Array): Promise<WorkbookGrid | FileRefusal> {
  const tooLarge = refuseBySize(bytes.length);
  if (tooLarge !== null) return tooLarge;
  const sniffed = sniffFile(bytes);
  if (!sniffed.ok) return sniffed.refusal;
  switch (sniffed.container) {
    case 'text':
      return readCsv(bytes, CSV_SHEET_NAME);
    case 'zip':
      return parseXlsx(bytes);
    case 'ole':
      return parseXls(bytes);
  }
}

function parseXlsx(bytes: Uint8Array): WorkbookGrid | FileRefusal {
  const checked = checkWorkbookZip(bytes);
  if ('code' in checked) return checked;
  const read = readSpreadsheet(bytes);
  if ('code' in read) return read;
  return { format: 'xlsx', ...read, hasExternalLinks: read.hasExternalLinks || checked.hasExternalLinks };
}

/** .xls (97–2003, WPS) is a compound file like .doc and like a password-protected .xlsx: its streams tell which. */
async function parseXls(bytes: Uint8Array): Promise<WorkbookGrid | FileRefusal> {
  const streams = streamNames(bytes);
  if (streams === null) return fileRefusal('FILE_DAMAGED');
  if (streams.has('encryptedpackage')) return fileRefusal('FILE_ENCRYPTED');
  if (streams.has('worddocument')) return fileRefusal('FILE_IS_OTHER_OFFICE', ' Word 文档');
  if (streams.has('powerpoint document')) return fileRefusal('FILE_IS_OTHER_OFFICE', '演示文稿');
  if (!streams.has('workbook') && !streams.has('book')) return fileRefusal('FILE_NOT_A_WORKBOOK');
  await loadCodepages();
  const read = readSpreadsheet(bytes);
  return 'code' in read ? read : { format: 'xls', ...read };
}

function streamNames(bytes: Uint8Array): ReadonlySet<string> | null {
  try {
    // Untyped in the library; only the names of its streams are used.
    const container: { readonly FileIndex: readonly { readonly name: string }[] } = XLSX.CFB.read(
      Buffer.from(bytes),
      { type: 'buffer' },
    );
    return new Set(container.FileIndex.map(({ name }) => name.toLowerCase()));
  } catch (error) {
    // The container reader throws plain Errors for broken headers and chains.
    if (error instanceof Error) return null;
    throw error;
  }
}
