import { useCallback, useEffect, useState } from 'react';
import type { Measurements } from '../measurement.ts';
import { deviceMark, measureDevice } from './measure.ts';

export interface DeviceCheckState {
  readonly phase: 'idle' | 'measuring' | 'measured';
  /** Null until everything was measured. */
  readonly measured: Measurements | null;
  readonly isKeyboardTried: boolean;
  readonly mark: string;
  start(): void;
}

/** A letter or digit and an arrow, read by their place on the keyboard as in the exam room. */
function useKeysTried(isListening: boolean): boolean {
  const [hasLetter, setHasLetter] = useState(false);
  const [hasArrow, setHasArrow] = useState(false);
  useEffect(() => {
    if (!isListening) return;
    const onKey = (event: KeyboardEvent): void => {
      if (/^(?:Key[A-E]|(?:Digit|Numpad)[1-5])$/.test(event.code)) setHasLetter(true);
      if (event.code === 'ArrowLeft' || event.code === 'ArrowRight') setHasArrow(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [isListening]);
  return hasLetter && hasArrow;
}

/** The check as it runs in the page. @param probeId made by the server for this rendering */
export function useDeviceCheck(probeId: string): DeviceCheckState {
  const [phase, setPhase] = useState<DeviceCheckState['phase']>('idle');
  const [mark, setMark] = useState('');
  const [result, setResult] = useState<Omit<Measurements, 'keyboard'> | null>(null);
  const isKeyboardTried = useKeysTried(phase !== 'idle');
  const start = useCallback((): void => {
    setPhase('measuring');
    setMark(deviceMark());
    void measureDevice(probeId).then((next) => {
      setResult(next);
      setPhase('measured');
    });
  }, [probeId]);
  const keyboard = isKeyboardTried ? 'works' : 'skipped';
  return { phase, mark, isKeyboardTried, start, measured: result ? { ...result, keyboard } : null };
}
