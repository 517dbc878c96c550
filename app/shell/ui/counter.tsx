import { CheckForm } from '#app/certificate/check/ui/check-form.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';

const NOTHING_TYPED = { certificateNo: '', name: '' };

/** What the public finds: the one question a counter answers, then the way in for staff and what this is. */
export function Counter() {
  return (
    <div className="space-y-14">
      <section aria-labelledby="check-title">
        <h1 id="check-title" className="text-3xl font-semibold">
          查验行政执法证件
        </h1>
        <p className="mb-8 mt-3 text-ink-muted">
          遇到执法检查时，可请执法人员出示证件，输入证号和姓名，查看该证件此刻是否有效。
        </p>
        <CheckForm values={NOTHING_TYPED} errors={{}} />
      </section>
      <section aria-labelledby="staff-title" className="border-t border-line pt-8">
        <h2 id="staff-title" className="text-lg font-semibold">
          工作人员入口
        </h2>
        <p className="mt-2 text-ink-muted">
          执法学堂是行政执法人员培训与持证管理平台：学习课程、积累学时、参加资格考试、申领和管理证件。
        </p>
        <div className="mt-5">
          <LinkButton to="/login">登录</LinkButton>
        </div>
      </section>
    </div>
  );
}
