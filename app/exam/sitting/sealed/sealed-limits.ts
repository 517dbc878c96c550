/** Largest sealed file. A paper's every answer changed dozens of times stays far below. */
export const MAX_SEALED_BYTES = 2 * 1024 * 1024;
