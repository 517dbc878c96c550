/** Every limit of an import, by name. The README's table repeats them with their reasons. */

/** Uploaded file. A roster of 10,000 rows has 1–2 MB as .xlsx and about 6 MB as .xls. */
export const MAX_FILE_BYTES = 30 * 1024 * 1024;

/** All parts of an .xlsx after inflating, as declared and as found. */
export const MAX_INFLATED_BYTES = 160 * 1024 * 1024;

/** Inflated over packed size of one part above 1 MB. Sheets of one repeated value reach about 60; bombs 1,000. */
export const MAX_INFLATE_RATIO = 250;

/** Parts of an .xlsx (sheets, drawings, pictures, relations). */
export const MAX_ZIP_ENTRIES = 2_000;

export const MAX_SHEETS = 200;
/** Rows of one sheet that are looked at, title rows included. */
export const MAX_SHEET_ROWS = 100_000;
/** Columns of one row that hold anything. */
export const MAX_COLUMNS = 512;
/** Cells of the whole file that hold anything. */
export const MAX_CELLS = 1_500_000;
/** Characters of one cell; Excel itself allows 32,767. */
export const MAX_CELL_CHARACTERS = 32_767;

/** Heap of the worker thread that reads or annotates one file. */
export const WORKER_HEAP_MB = 1_024;
/** A worker that has not answered by then is stopped. */
export const WORKER_TIMEOUT_MS = 60_000;
/** Files read or annotated at the same time in one process. */
export const MAX_WORKERS = 2;

/** Issues kept for the report and the annotated file; all are counted. */
export const MAX_KEPT_ISSUES = 20_000;

/** Rows handed to the slice at once while applying. */
export const APPLY_BATCH_ROWS = 1_000;
/** Longest transaction that applies a file. */
export const APPLY_TIMEOUT_MS = 240_000;

/** The stored file (and with it the annotated one) can be had for so long; a week, as for all results. */
export const FILE_KEPT_DAYS = 7;
