import { useContext } from 'react';
import type { ReactNode } from 'react';
import { cx } from '#app/platform/ui/cx.ts';
import type { CandidateItem } from '../../paper/frozen-paper.ts';
import type { RoomView } from '../attempt-view.server.ts';
import type { PaperPart } from './paper-parts.ts';
import { EnterSaves } from './enter-saves.tsx';
import { partRule, partTitle } from './paper-parts.ts';
import type { QuestionBlockProps, QuestionLook } from './question-block.tsx';
import { QuestionBlock } from './question-block.tsx';
import { QuestionPrinter } from './question-printer.ts';
import type { ExamRoomState } from './use-exam-room.ts';
import { PAPER_FORM } from './use-exam-room.ts';

export interface PaperFormProps {
  room: RoomView;
  parts: readonly PaperPart[];
  state: ExamRoomState;
  flags: ReadonlySet<number>;
  /** the bar with what to do next; inside the form, because it submits it without JavaScript */
  children: ReactNode;
}

/** The paper as a plain form. Its numbers were issued by the server, so that sending it twice saves it once. */
export function PaperForm({ room, parts, state, flags, children }: PaperFormProps) {
  const { view, current } = state;
  const isHidden = (position: number): boolean => view === 'one' && position !== current;
  const lookOf = (item: CandidateItem): QuestionLook => ({
    item,
    choice: state.snapshot.answers.get(item.position) ?? '',
    isFlagged: flags.has(item.position),
    isHidden: isHidden(item.position),
    isDisabled: !state.mayWrite,
  });
  return (
    <form
      id={PAPER_FORM}
      method="post"
      autoComplete="off"
      hidden={state.isPaused}
      onSubmit={(event) => event.preventDefault()}
    >
      <EnterSaves onSave={state.sendNow} />
      <input type="hidden" name="epoch" value={room.start.epoch} />
      <input type="hidden" name="seq" value={room.issuedSeq} />
      {parts.map((part, index) => (
        <section
          key={part.type}
          hidden={part.items.every((item) => isHidden(item.position))}
          // Question by question, the bar below keeps its place from one to the next.
          className={cx('mb-10', view === 'one' && 'lg:min-h-[27rem]')}
        >
          <h2 className="text-lg font-semibold">{partTitle(part, index)}</h2>
          <p className="mb-6 mt-1 text-sm text-ink-muted">{partRule(part)}</p>
          <Questions looks={part.items.map(lookOf)} onChoose={state.choose} onReach={state.reach} />
        </section>
      ))}
      {children}
    </form>
  );
}

interface QuestionsProps {
  looks: readonly QuestionLook[];
  onChoose: QuestionBlockProps['onChoose'];
  onReach: QuestionBlockProps['onReach'];
}

/** Printed by the server, alive in the browser: the same elements. */
function Questions({ looks, onChoose, onReach }: QuestionsProps) {
  const printer = useContext(QuestionPrinter);
  const layout = 'grid gap-10';
  if (printer)
    return <div className={layout} dangerouslySetInnerHTML={{ __html: printer.questions(looks) }} />;
  return (
    <div className={layout}>
      {looks.map((look) => (
        <QuestionBlock key={look.item.position} {...look} onChoose={onChoose} onReach={onReach} />
      ))}
    </div>
  );
}
