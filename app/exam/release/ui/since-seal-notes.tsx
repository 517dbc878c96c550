import { Callout } from '#app/platform/ui/feedback/callout.tsx';

export interface SinceSealNotesProps {
  mustPrintAgain: boolean;
  questionsOutOfForce: number;
  neighbours: {
    readonly pairs: number;
    readonly pairsAlike: number;
    readonly samePlacesWorst: number;
  } | null;
}

/** What a change of date or of seats after the sealing means for what was sealed and printed. */
export function SinceSealNotes({ mustPrintAgain, questionsOutOfForce, neighbours }: SinceSealNotesProps) {
  return (
    <>
      {mustPrintAgain ? (
        <div className="mb-6" role="status">
          <Callout tone="warning" title="启封后考试改期，试卷和答题卡须重新印制">
            改期前印制的试卷、答题卡上是已作废的准考证号。试题不变；来不及重印的，录入答题卡时按卡上的原准考证号也能找到考生。
          </Callout>
        </div>
      ) : null}
      {questionsOutOfForce > 0 ? (
        <div className="mb-6" role="status">
          <Callout
            tone="warning"
            title={`已封试卷中有 ${questionsOutOfForce} 道试题，所依据的法律版本在新的考试日不是现行有效版本`}
          >
            封卷后考试改期，已封试卷不会重组。请在开考前核对改期后的法律适用，必要时另行改期。
          </Callout>
        </div>
      ) : null}
      {neighbours === null ? null : (
        <div className="mb-6" role="status">
          <Callout
            tone={neighbours.pairsAlike > 0 ? 'warning' : 'info'}
            title={
              neighbours.pairsAlike > 0
                ? `封卷后调整过座位：前后左右有 ${neighbours.pairsAlike} 对试卷在相同题号出现相同试题`
                : '封卷后调整过座位：前后左右的试卷仍没有相同题号的相同试题'
            }
          >
            {neighbours.pairsAlike > 0
              ? `共 ${neighbours.pairs} 对相邻座位，最多的一对有 ${neighbours.samePlacesWorst} 题。请在座次表中再作调整。`
              : `已按现在的座次核对 ${neighbours.pairs} 对相邻座位。`}
          </Callout>
        </div>
      )}
    </>
  );
}
