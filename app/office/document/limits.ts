/** Every limit of papers, by name. The README's table repeats them with their reasons. */

const MB = 1024 * 1024;

/** An uploaded template; a letterhead with a crest has some 300 KB. */
export const MAX_TEMPLATE_BYTES = 5 * MB;
/** All parts of a template after inflating, as declared and as found. */
export const MAX_INFLATED_BYTES = 40 * MB;
/** Inflated over packed size of one part above 1 MB; written texts reach about 30. */
export const MAX_INFLATE_RATIO = 100;
export const MAX_ZIP_ENTRIES = 500;

/** Cells of one sheet of a workbook template that hold anything; forms have some hundreds. */
export const MAX_TEMPLATE_CELLS = 50_000;
/** Formulas of a workbook template; totals and shares need some dozens. */
export const MAX_TEMPLATE_FORMULAS = 3_000;
export const MAX_TEMPLATE_ROWS = 5_000;
export const MAX_TEMPLATE_COLUMNS = 200;

/** A stamped scan: ten pages at 300 dpi. */
export const MAX_SCAN_BYTES = 15 * MB;

/** Rows of one list in one paper. */
export const MAX_ROWS = 5_000;
/** Papers of one batch. */
export const MAX_BATCH_ITEMS = 2_000;
/** The zip of a batch can be had for so long; a week, as for all results. */
export const BATCH_KEPT_DAYS = 7;
/** Longest run of a batch in seconds before the queue takes it for lost; a run that comes again goes on where it was. */
export const BATCH_RUN_SECONDS = 1_800;
/** A batch that nothing has happened to for so long has lost its job; longer than a run and the waits of the queue. */
export const BATCH_LOST_SECONDS = 2 * BATCH_RUN_SECONDS;
/** Pictures of one paper together: a room of 60 with card photos has some 3 MB, with the largest that are taken in 60. */
export const MAX_PICTURE_BYTES_OF_PAPER = 16 * MB;
