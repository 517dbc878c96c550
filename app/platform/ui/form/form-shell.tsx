import { Form, useNavigation } from '@remix-run/react';
import { useEffect, useMemo, useRef } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { cx } from '../cx.ts';
import { FormContext } from './form-context.ts';
import { useUnanswered } from './unanswered.ts';
import { UnsavedGuard } from './unsaved-guard.tsx';

export interface FormShellProps {
  /** the ids of all fields begin with it; unique on the page */
  id: string;
  method?: 'get' | 'post' | undefined;
  action?: string | undefined;
  /** made by the loader for this rendering; a repeated submission carries the same one */
  commandId: string;
  /** version of the record the person saw; the command refuses when it has moved on */
  expectedVersion?: number | undefined;
  /** ask before unsaved work is left; for one form of a page */
  warnUnsaved?: boolean | undefined;
  encType?: 'multipart/form-data' | undefined;
  /** from `useServerForm`; a prevented event is not sent */
  onSubmit?: ((event: FormEvent<HTMLFormElement>) => void) | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A form that works before JavaScript, is sent once, and can be repeated safely. Validation messages are ours,
 *  never the browser's. */
export function FormShell(props: FormShellProps) {
  const { id, method = 'post', commandId, expectedVersion, warnUnsaved = false, onSubmit, children } = props;
  const isPending = useIsPending(commandId);
  const isDirty = useRef(false);
  const isUnanswered = useUnanswered();
  useEffect(() => {
    // What was sent and not taken is unsaved again.
    if (isUnanswered) isDirty.current = true;
  }, [isUnanswered]);
  const context = useMemo(() => ({ id, isPending }), [id, isPending]);
  return (
    <FormContext.Provider value={context}>
      <Form
        id={id}
        method={method}
        {...(props.action === undefined ? {} : { action: props.action })}
        {...(props.encType === undefined ? {} : { encType: props.encType })}
        noValidate
        className={cx('form-stack', props.className)}
        onChange={() => {
          isDirty.current = true;
        }}
        onSubmit={(event) => {
          if (isPending) event.preventDefault();
          else onSubmit?.(event);
          if (!event.defaultPrevented) isDirty.current = false;
        }}
      >
        <input type="hidden" name="commandId" value={commandId} />
        {expectedVersion === undefined ? null : (
          <input type="hidden" name="expectedVersion" value={expectedVersion} />
        )}
        {children}
      </Form>
      {warnUnsaved ? <UnsavedGuard isDirty={isDirty} /> : null}
    </FormContext.Provider>
  );
}

/** Submissions are told apart by their command id, so two forms of one page do not wait for each other. */
function useIsPending(commandId: string): boolean {
  const navigation = useNavigation();
  const isUnanswered = useUnanswered();
  return !isUnanswered && navigation.state !== 'idle' && navigation.formData?.get('commandId') === commandId;
}
