import { useMemo } from 'react';
import { CandidateFrame } from '#app/platform/ui/frames/candidate-frame.tsx';
import type { RoomView } from '../attempt-view.server.ts';
import { HandInPanel } from './hand-in-panel.tsx';
import { PaperForm } from './paper-form.tsx';
import { partsOf } from './paper-parts.ts';
import type { PaperView } from './paper-view.ts';
import { QuestionMap } from './question-map.tsx';
import { RoomBar } from './room-bar.tsx';
import { RoomHead } from './room-head.tsx';
import { RoomNotices } from './room-notices.tsx';
import { useExamRoom } from './use-exam-room.ts';
import { useFlags } from './use-flags.ts';

export interface ExamRoomProps {
  room: RoomView;
  view: PaperView;
  /** the candidate has asked to hand in, without JavaScript */
  isHandingIn: boolean;
  refusal: string | null;
}

/** The exam room. A plain form that saves and hands in; with JavaScript answers are saved as they are given. */
export function ExamRoom({ room, view, isHandingIn, refusal }: ExamRoomProps) {
  const state = useExamRoom(room, { view, isHandingIn });
  const { flags, toggle } = useFlags(room.attemptId);
  const parts = useMemo(() => partsOf(room.items), [room]);
  const { snapshot, current } = state;
  const last = room.items.length;
  const unanswered = room.items
    .map((item) => item.position)
    .filter((position) => !snapshot.answers.has(position));
  return (
    <CandidateFrame
      title={room.title}
      name={room.personName}
      head={<RoomHead snapshot={snapshot} itemCount={last} remainingMs={state.remainingMs} />}
      aside={
        <QuestionMap {...{ parts, flags, current }} answers={snapshot.answers} onGo={state.backToPaper} />
      }
    >
      <RoomNotices
        room={room}
        client={state.client}
        snapshot={snapshot}
        isOver={state.isOver}
        refusal={refusal}
      />
      {state.isHandingIn ? (
        <HandInPanel
          unanswered={unanswered}
          itemCount={last}
          client={state.client}
          backTo={`/attempts/${room.attemptId}`}
          onBack={() => state.backToPaper(current)}
          onGo={state.backToPaper}
        />
      ) : null}
      <PaperForm {...{ room, parts, state, flags }}>
        <RoomBar state={state} last={last} isFlagged={flags.has(current)} onFlag={() => toggle(current)} />
      </PaperForm>
    </CandidateFrame>
  );
}
