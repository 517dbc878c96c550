import type { Signal } from '../evidence/signal.ts';
import { SIGNAL_KINDS } from '../evidence/signal.ts';

const isNumberOrNull = (value: unknown): boolean => value === null || typeof value === 'number';

function isSignal(value: unknown): value is Signal {
  if (typeof value !== 'object' || value === null) return false;
  const { id, kind, atMs, lastedMs, characters } = value as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    SIGNAL_KINDS.some((known) => known === kind) &&
    typeof atMs === 'number' &&
    isNumberOrNull(lastedMs) &&
    isNumberOrNull(characters)
  );
}

/** Signals as they wait in the browser's storage, which anybody at the device may have written to. */
export function readSignals(text: string | null): readonly Signal[] {
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isSignal) : [];
  } catch {
    return [];
  }
}
