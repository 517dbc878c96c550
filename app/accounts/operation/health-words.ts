const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
const STEP = 1024;

/** 1.5 GB; whole numbers below 10 KB. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit += 1;
  }
  return `${unit < 2 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

const STATE_WORDS: Readonly<Record<string, string>> = {
  created: '等待',
  retry: '等待重试',
  active: '正在进行',
  failed: '失败',
};

export function stateWord(state: string): string {
  return STATE_WORDS[state] ?? state;
}
