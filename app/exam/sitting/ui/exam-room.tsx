import { useMemo } from 'react';
import { CandidateFrame } from '#app/platform/ui/frames/candidate-frame.tsx';
import type { RoomView } from '../attempt-view.server.ts';
import type { AttemptSnapshot } from '../client/state.ts';
import { HandInPanel } from './hand-in-panel.tsx';
import { PaperForm } from './paper-form.tsx';
import { partsOf } from './paper-parts.ts';
import type { PaperView } from './paper-view.ts';
import { PausedPanel } from './paused-panel.tsx';
import { QuestionMap } from './question-map.tsx';
import { RoomBar } from './room-bar.tsx';
import { RoomHead } from './room-head.tsx';
import { MessageList, RoomNews } from './room-news.tsx';
import { RoomNotices } from './room-notices.tsx';
import { handInWaitsUntil, timesText } from './room-times.ts';
import { useExamRoom } from './use-exam-room.ts';
import { WithoutScripts } from './without-scripts.tsx';

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
  const parts = useMemo(() => partsOf(room.items), [room]);
  const { snapshot, current, flags, notices } = state;
  const last = room.items.length;
  const waitsUntilMs = handInWaitsUntil(room, snapshot.deadlineAtMs, state.remainingMs);
  return (
    <CandidateFrame
      title={room.title}
      name={room.personName}
      note={timesText(snapshot, waitsUntilMs)}
      head={
        <>
          <RoomHead {...{ room, snapshot }} remainingMs={state.remainingMs} keysOff={state.keysOff} />
          <RoomNews unread={notices.unread} onPutAway={notices.putAway} />
        </>
      }
      aside={
        <>
          <QuestionMap
            {...{ parts, flags, current }}
            answers={snapshot.answers}
            hasLetters={!state.keysOff[0]}
            onGo={state.backToPaper}
          />
          <MessageList messages={notices.messages} />
        </>
      }
    >
      <WithoutScripts endsAtMs={snapshot.deadlineAtMs} />
      <RoomNotices
        {...{ room, snapshot, refusal }}
        client={state.client}
        isOver={state.isOver}
        isPaused={state.isPaused}
      />
      {state.isPaused ? <PausedPanel /> : null}
      {state.isHandingIn && !state.isPaused ? (
        <HandInPanel
          unanswered={unansweredOf(room, snapshot)}
          itemCount={last}
          client={state.client}
          waitsUntilMs={waitsUntilMs}
          onBack={() => state.backToPaper(current)}
          onGo={state.backToPaper}
        />
      ) : null}
      <PaperForm {...{ room, parts, state, flags }}>
        <RoomBar
          state={state}
          last={last}
          isFlagged={flags.has(current)}
          onFlag={() => state.flag(current)}
        />
      </PaperForm>
    </CandidateFrame>
  );
}

const unansweredOf = (room: RoomView, { answers }: AttemptSnapshot): number[] =>
  room.items.map((item) => item.position).filter((position) => !answers.has(position));
