/** Largest workbook of answer sheets: a thousand rows of two hundred letters are under 2 MB. */
export const MAX_SHEETS_BYTES = 10 * 1024 * 1024;
