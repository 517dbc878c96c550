import type { DeviceVerdict, Point, PointVerdict } from './judge-device.ts';

export const POINT_LABELS: Readonly<Record<Point, string>> = {
  browser: '浏览器',
  network: '网络',
  storage: '本机存储',
  page: '断网保护',
  clock: '本机时间',
  screen: '窗口',
  keyboard: '键盘',
};

/** Words and shapes of the verdicts: never colour alone. */
export const POINT_WORDS = {
  fine: { label: '正常', shape: 'solid', tone: 'positive' },
  weak: { label: '可用', shape: 'half', tone: 'caution' },
  broken: { label: '不能用', shape: 'hollow', tone: 'danger' },
} as const satisfies Record<PointVerdict, { label: string; shape: string; tone: string }>;

export const DEVICE_WORDS = {
  ready: { label: '适合考试', shape: 'solid', tone: 'positive' },
  usable: { label: '可以考试', shape: 'half', tone: 'caution' },
  not_ready: { label: '不适合考试', shape: 'hollow', tone: 'danger' },
} as const satisfies Record<DeviceVerdict, { label: string; shape: string; tone: string }>;

/** The verdict as one sentence with what to do. */
export const DEVICE_SENTENCES: Readonly<Record<DeviceVerdict, string>> = {
  ready: '这台设备适合考试。',
  usable: '这台设备可以考试，请看下面的提示。',
  not_ready: '这台设备现在不适合考试，请按下面的提示处理后重新检测，或更换设备。',
};
