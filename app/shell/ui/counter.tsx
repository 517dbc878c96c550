import { Form } from '@remix-run/react';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';

/** What the public finds: one field to check a card, the way in for staff, and what this is. */
export function Counter() {
  return (
    <div className="space-y-14">
      <section aria-labelledby="check-title">
        <h1 id="check-title" className="text-3xl font-semibold">
          查验行政执法证件
        </h1>
        <p className="mt-3 text-ink-muted">
          执法人员应当主动出示证件。输入证号和姓名，即可查看证件当前状态。
        </p>
        <Form method="get" action="/verify" className="mt-6 flex flex-wrap items-end gap-4">
          <label className="block min-w-0 flex-1 basis-56">
            <span className="mb-1 block font-medium">证号</span>
            <input name="number" required autoComplete="off" maxLength={32} className="control" />
          </label>
          <label className="block basis-40">
            <span className="mb-1 block font-medium">姓名</span>
            <input name="name" required autoComplete="off" maxLength={40} className="control" />
          </label>
          <button type="submit" className={buttonClass('primary')}>
            查验
          </button>
        </Form>
      </section>
      <section aria-labelledby="staff-title" className="border-t border-line pt-8">
        <h2 id="staff-title" className="text-lg font-semibold">
          工作人员
        </h2>
        <p className="mt-2 text-ink-muted">
          执法学堂是行政执法人员培训、考试和证件管理平台：学习课程、登记学时、参加资格考试、申领证件，都在这里办理。
        </p>
        <div className="mt-5">
          <LinkButton to="/login" tone="secondary">
            登录
          </LinkButton>
        </div>
      </section>
    </div>
  );
}
