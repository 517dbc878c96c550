import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { registrationPath } from '../../batch/batch.ts';

export interface ChangedCandidatesProps {
  people: readonly {
    readonly registrationId: string;
    readonly name: string;
    readonly unitName: string;
    readonly reasons: readonly string[];
  }[];
}

const MOST_SHOWN = 20;

/** People who were approved and would not be today, each with the reason and the way to the registration. */
export function ChangedCandidates({ people }: ChangedCandidatesProps) {
  if (people.length === 0) return null;
  return (
    <div className="mb-6" role="status">
      <Callout tone="warning" title={`${people.length} 名考生审核通过后情况有变，现已不符合报考条件`}>
        <ul className="grid gap-1">
          {people.slice(0, MOST_SHOWN).map(({ registrationId, name, unitName, reasons }) => (
            <li key={registrationId}>
              <TextLink to={registrationPath(registrationId)}>{`${name}（${unitName}）`}</TextLink>
              {`：${reasons.join('；')}`}
            </li>
          ))}
        </ul>
        <p>
          {people.length > MOST_SHOWN ? `只列出前 ${MOST_SHOWN} 人。` : ''}
          请核实后退回报名，或保留资格并继续编排。
        </p>
      </Callout>
    </div>
  );
}
