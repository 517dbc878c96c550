import { useEffect, useRef } from 'react';
import { fieldId, useFormContext } from './form-context.ts';

export interface FieldError {
  /** name of the field; empty for what concerns the whole form */
  name: string;
  label: string;
  message: string;
}

/** What is wrong, above the form, each line leading to its field. It takes the focus when it appears: by
 *  `autofocus` in the server's HTML, by effect afterwards. Renders nothing without errors. */
export function ErrorSummary({ errors, formId }: { errors: readonly FieldError[]; formId?: string }) {
  const form = useFormContext();
  const ref = useRef<HTMLDivElement>(null);
  const signature = errors.map((error) => `${error.name}:${error.message}`).join('\n');
  useEffect(() => {
    if (signature !== '') ref.current?.focus();
  }, [signature]);
  if (errors.length === 0) return null;
  return (
    <div
      ref={ref}
      role="alert"
      tabIndex={-1}
      autoFocus
      className="mb-6 max-w-xl rounded-md border border-danger bg-danger-soft px-5 py-4"
    >
      <p className="font-semibold">{`有 ${errors.length} 处需要更正，已填内容均已保留`}</p>
      <ul className="mt-2 space-y-1">
        {errors.map((error) => (
          <li key={`${error.name}:${error.message}`}>
            <ErrorLine error={error} id={fieldId(formId ?? form?.id, error.name)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function ErrorLine({ error, id }: { error: FieldError; id: string }) {
  if (error.name === '') return <span>{error.message}</span>;
  return (
    <a
      href={`#${encodeURIComponent(id)}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(id)?.focus();
      }}
      className="text-danger underline underline-offset-4"
    >
      {error.message.includes(error.label) ? error.message : `${error.label}：${error.message}`}
    </a>
  );
}
