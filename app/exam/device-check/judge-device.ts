import type { Ability, Measurements } from './measurement.ts';

/** One point of the check, in the order in which it is shown. */
export const POINTS = ['browser', 'network', 'storage', 'page', 'clock', 'screen', 'keyboard'] as const;
export type Point = (typeof POINTS)[number];

/** `fine`; `weak`: the exam works, something around it does not; `broken`: this machine is not fit for the exam. */
export type PointVerdict = 'fine' | 'weak' | 'broken';

export const DEVICE_VERDICTS = ['ready', 'usable', 'not_ready'] as const;
export type DeviceVerdict = (typeof DEVICE_VERDICTS)[number];

export interface Finding {
  readonly point: Point;
  readonly verdict: PointVerdict;
  /** What was found. */
  readonly text: string;
  /** What to do about it; null when there is nothing to do. */
  readonly advice: string | null;
}

/** Oldest Chromium on which the page is built and tested (design.md §2). */
const LEAST_CHROMIUM = 92;
/** A paper with its scripts, and what waits of answers, take far less. */
const LEAST_FREE_BYTES = 20 * 1024 * 1024;
const SLOW_STORE_MS = 1_500;
const GOOD_ROUND_TRIP_MS = 300;
const SLOW_ROUND_TRIP_MS = 2_000;
/** Less nobody notices; the exam's time is the server's in any case. */
const CLOCK_OFF_MS = 60_000;
/** Narrowest window the exam page is made for (ui.md: 360 px to 4K). */
const LEAST_WIDTH = 360;

const fine = (point: Point, text: string): Finding => ({ point, verdict: 'fine', text, advice: null });
const weak = (point: Point, text: string, advice: string): Finding => ({
  point,
  verdict: 'weak',
  text,
  advice,
});
const broken = (point: Point, text: string, advice: string): Finding => ({
  ...{ point, text, advice },
  verdict: 'broken',
});

const LOSSES: Readonly<Record<Ability, string>> = {
  indexed_db: '断网时不能在本机暂存作答',
  service_worker: '断网时不能刷新页面',
  web_crypto: '试卷不能在开考前加密存入本机，断网时也不能把作答保存为加密文件',
  broadcast_channel: '多个标签页之间不能同步',
  locks: '多个标签页之间不能同步',
};

function judgeBrowser({ browser }: Measurements): Finding {
  const { name, version, missing } = browser;
  const says = name === '' || version === null ? '未识别的浏览器' : `${name} ${version}`;
  if (name === 'Chromium' && version !== null && version < LEAST_CHROMIUM)
    return broken(
      'browser',
      `${says}，版本过低`,
      `请升级浏览器（Chromium ${LEAST_CHROMIUM} 或更高版本），双核浏览器请切换到极速模式。`,
    );
  if (missing.length > 0) {
    const losses = [...new Set(missing.map((ability) => LOSSES[ability]))].join('，');
    return weak('browser', `${says}，${losses}`, '请改用新版浏览器，并退出无痕（隐私）窗口后重新检测。');
  }
  return fine('browser', says);
}

/** The middle one: a single slow answer says nothing. */
export function medianMs(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined ? null : Math.round(middle);
}

function judgeNetwork({ network }: Measurements): Finding {
  const { roundTripsMs, failures } = network;
  const median = medianMs(roundTripsMs);
  const asked = roundTripsMs.length + failures;
  if (median === null || failures * 2 > asked)
    return broken(
      'network',
      `${asked} 次请求中 ${failures} 次没有应答`,
      '请检查网线、无线网络和代理设置，或更换网络后重新检测。',
    );
  const says = `往返 ${median} 毫秒`;
  if (failures > 0)
    return weak(
      'network',
      `${says}，${asked} 次中 ${failures} 次没有应答`,
      '网络不稳定：作答会暂存并自动补传，建议改用有线网络。',
    );
  if (median > SLOW_ROUND_TRIP_MS)
    return weak('network', `${says}，很慢`, '请关闭下载和视频，或更换网络后重新检测。');
  if (median > GOOD_ROUND_TRIP_MS)
    return weak('network', `${says}，偏慢`, '可以考试；同一网络请勿同时下载。');
  return fine('network', says);
}

function judgeStorage({ storage }: Measurements): Finding {
  const { keptMs, freeBytes } = storage;
  if (keptMs === null)
    return broken(
      'storage',
      '作答不能暂存在本机',
      '断网时作答会丢失。请退出无痕（隐私）窗口、清理磁盘空间，或更换浏览器后重新检测。',
    );
  if (freeBytes !== null && freeBytes < LEAST_FREE_BYTES)
    return weak('storage', '本机可用空间很少', '请清理磁盘空间或浏览器缓存后重新检测。');
  if (keptMs > SLOW_STORE_MS) return weak('storage', '本机存取很慢', '请关闭其他程序后重新检测。');
  return fine('storage', '作答可以暂存在本机');
}

function judgePage({ isPageKept }: Measurements): Finding {
  if (isPageKept) return fine('page', '断网时可以刷新考试页面');
  return weak('page', '断网时不能刷新考试页面', '可以考试；断网期间请不要刷新或关闭页面。');
}

/** `快 3 分钟`, `慢 2 小时`. */
function offsetText(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const length = minutes < 120 ? `${minutes} 分钟` : `${Math.round(minutes / 60)} 小时`;
  return `${offsetMs > 0 ? '快' : '慢'} ${length}`;
}

function judgeClock({ clockOffsetMs }: Measurements): Finding {
  if (clockOffsetMs === null) return weak('clock', '没有测到服务器时间', '请检查网络后重新检测。');
  if (Math.abs(clockOffsetMs) <= CLOCK_OFF_MS) return fine('clock', '本机时间准确');
  return weak(
    'clock',
    `本机时间${offsetText(clockOffsetMs)}`,
    '考试计时以服务器为准，不受影响；请校准本机时间，以免误判入场时间。',
  );
}

function judgeScreen({ screen }: Measurements): Finding {
  const says = `窗口宽 ${screen.width} 像素`;
  if (screen.width < LEAST_WIDTH)
    return broken('screen', `${says}，过窄`, '请把窗口最大化，按 Ctrl 和 0 键恢复 100% 缩放后重新检测。');
  return fine('screen', says);
}

function judgeKeyboard({ keyboard }: Measurements): Finding {
  if (keyboard === 'works') return fine('keyboard', '键盘可以作答');
  return weak('keyboard', '没有检测键盘', '可以用鼠标或触屏作答；用键盘作答的，请重新检测。');
}

const JUDGES: Readonly<Record<Point, (measured: Measurements) => Finding>> = {
  browser: judgeBrowser,
  network: judgeNetwork,
  storage: judgeStorage,
  page: judgePage,
  clock: judgeClock,
  screen: judgeScreen,
  keyboard: judgeKeyboard,
};

/** What the measurements mean, point by point (behaviour.md part 4, idea 16). The page and the server ask the same. */
export function judgeDevice(measured: Measurements): Finding[] {
  return POINTS.map((point) => JUDGES[point](measured));
}

/** The verdict on the machine: its weakest point. A keyboard that was not tried weakens nothing. */
export function verdictOf(findings: readonly Finding[]): DeviceVerdict {
  if (findings.some(({ verdict }) => verdict === 'broken')) return 'not_ready';
  return findings.some(({ verdict, point }) => verdict === 'weak' && point !== 'keyboard')
    ? 'usable'
    : 'ready';
}
