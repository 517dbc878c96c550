import type { DeviceVerdict } from './judge-device.ts';
import { DEVICE_VERDICTS } from './judge-device.ts';
import { DEVICE_WORDS } from './device-words.ts';

/** How a candidate stands before an exam: the verdict on the machine, or that nobody has checked one. */
export type CheckState = DeviceVerdict | 'unchecked';

export const CHECK_STATE_WORDS = {
  unchecked: { label: '未检测', shape: 'dot', tone: 'pending' },
  ...DEVICE_WORDS,
} as const satisfies Record<CheckState, { label: string; shape: string; tone: string }>;

export function readCheckState(text: string | undefined): CheckState | null {
  if (text === 'unchecked') return text;
  return DEVICE_VERDICTS.find((verdict) => verdict === text) ?? null;
}
