import { BASIS_LABELS } from '#app/office/rules/rule-words.ts';
import type { Reason, Weight } from '../../eligibility/eligibility.ts';

const WEIGHT_LABELS: Readonly<Record<Weight, string>> = { refuses: '不符合', look: '需核实', note: '提示' };

/** Every reason with where it comes from; how firmly it binds is said in words. */
export function ReasonList({ reasons, empty }: { reasons: readonly Reason[]; empty: string }) {
  if (reasons.length === 0) return <p>{empty}</p>;
  return (
    <ul className="grid gap-3">
      {reasons.map((reason) => (
        <li key={reason.code}>
          <p>
            <span className="mr-2 font-semibold">{WEIGHT_LABELS[reason.weight]}</span>
            {reason.text}
          </p>
          <p className="text-sm text-ink-muted">{`${BASIS_LABELS[reason.basis]}：${reason.source}`}</p>
        </li>
      ))}
    </ul>
  );
}

/** The reasons that matter for a decision, in a table's cell; a missing photo is left to the person's own page. */
export function ReasonLines({ reasons }: { reasons: readonly Reason[] }) {
  const shown = reasons.filter(({ code }) => code !== 'NO_PHOTO');
  if (shown.length === 0) return <span className="text-ink-muted">–</span>;
  return (
    <ul className="grid min-w-64 gap-1">
      {shown.map((reason) => (
        <li key={reason.code} className={reason.weight === 'note' ? 'text-ink-muted' : undefined}>
          {reason.text}
        </li>
      ))}
    </ul>
  );
}
