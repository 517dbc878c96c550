import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { CandidateFrame } from '#app/platform/ui/frames/candidate-frame.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';

export interface TakeOverRoomProps {
  title: string;
  personName: string;
  commandId: string;
  /** why the last try was refused; null before one */
  refusal?: string | null | undefined;
}

/** Shown on a device the attempt does not run on: what moving it here means, and the button that does it. */
export function TakeOverRoom({ title, personName, commandId, refusal }: TakeOverRoomProps) {
  const isHydrated = useHydrated();
  return (
    <CandidateFrame title={title} name={personName} head={<span className="text-sm">未在本机作答</span>}>
      <section className="mx-auto max-w-measure py-8">
        <h2 className="text-2xl font-semibold">本次考试正在另一台设备上作答</h2>
        <p className="mt-4">
          如需在本机继续，请点击下面的按钮。已保存的作答会全部显示，考试时间照常计算；原设备随即停止保存，此后在原设备上的作答不计分。
        </p>
        {refusal ? (
          <div role="alert" className="mt-4">
            <Callout tone="warning" title="暂未转到本机">
              {refusal}
            </Callout>
          </div>
        ) : null}
        <form method="post" className="mt-6 flex flex-wrap gap-3">
          <input type="hidden" name="intent" value="take_over" />
          <input type="hidden" name="commandId" value={commandId} />
          <input type="hidden" name="view" value={isHydrated ? 'one' : 'paper'} />
          <button type="submit" className={buttonClass('primary')}>
            转到本机继续作答
          </button>
          <a href="/exams" className={buttonClass('secondary')}>
            返回考试列表
          </a>
        </form>
      </section>
    </CandidateFrame>
  );
}
