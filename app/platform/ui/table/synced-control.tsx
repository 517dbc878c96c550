import { useEffect, useRef } from 'react';
import type { InputHTMLAttributes, RefObject, SelectHTMLAttributes } from 'react';

/** Follows the URL (back, 清除) without taking over what is being typed, and keeps the focus across answers. */
function useSynced(ref: RefObject<HTMLInputElement | HTMLSelectElement>, value: string): void {
  useEffect(() => {
    if (ref.current && ref.current !== document.activeElement) ref.current.value = value;
  }, [ref, value]);
}

type InputProps = InputHTMLAttributes<HTMLInputElement> & { value: string };

export function SyncedInput({ value, ...rest }: InputProps) {
  const ref = useRef<HTMLInputElement>(null);
  useSynced(ref, value);
  return <input {...rest} ref={ref} defaultValue={value} />;
}

type SelectProps = SelectHTMLAttributes<HTMLSelectElement> & { value: string };

export function SyncedSelect({ value, ...rest }: SelectProps) {
  const ref = useRef<HTMLSelectElement>(null);
  useSynced(ref, value);
  return <select {...rest} ref={ref} defaultValue={value} />;
}
