import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { Button } from '../data/button.tsx';
import { LinkButton } from '../data/link-button.tsx';
import { TextLink } from '../data/text-link.tsx';
import { Callout } from '../feedback/callout.tsx';
import { ConfirmDialog } from '../feedback/confirm-dialog.tsx';
import { Dialog } from '../feedback/dialog.tsx';
import { EmptyState } from '../feedback/empty-state.tsx';
import { ErrorPanel } from '../feedback/error-panel.tsx';
import { Loading } from '../feedback/loading.tsx';
import { ProgressBar } from '../feedback/progress.tsx';
import { Row, Sample, Section } from './section.tsx';

export function FeedbackSection({ commandId }: { commandId: string }) {
  return (
    <Section id="feedback" title="反馈" note="空、载入、无权、离线、过期、出错，各给一个下一步。">
      <div className="grid gap-4 lg:grid-cols-2">
        <Callout tone="info" title="报名截止2026年11月28日 18:00">
          本次考试由单位统一报名，个人无需操作。
        </Callout>
        <Callout tone="success" title="已通过资格考试">
          合格成绩自2026年11月21日起两年内可用于申领证件。
        </Callout>
        <Callout
          tone="warning"
          title="证件将于 32 天后到期"
          action={<TextLink to="#feedback">申请换证</TextLink>}
        >
          到期后不得单独从事执法活动。
        </Callout>
        <Callout tone="danger" title="网络已断开">
          答案保存在本机，恢复连接后自动上传，请勿关闭本页。
        </Callout>
      </div>
      <Row>
        <Dialog title="考场规则" trigger="查看考场规则">
          <p>开考 30 分钟后不得入场，开考 30 分钟内不得交卷。考试时间以本系统时钟为准。</p>
        </Dialog>
        <ConfirmDialog
          id="sample-confirm"
          title="注销执法证件"
          trigger="注销证件…"
          confirm="注销该证件，不可恢复"
          commandId={commandId}
          reasonLabel="注销理由"
          hidden={{ intent: 'confirm' }}
        >
          <p>
            将注销 林海燕 的行政执法证（9901 2024
            1037），自2026年11月21日起失效。依据《云州市行政执法证件管理办法》第二十三条第二项。
          </p>
        </ConfirmDialog>
        <LinkButton to="?notice=saved#feedback">显示一条通知</LinkButton>
      </Row>
      <ProgressBar value={3200} max={8854} label="生成年度登记卡" detail="3,200 / 8,854，约 2 分钟" />
      <div className="grid gap-6 lg:grid-cols-2">
        <Panel label="没有内容">
          <EmptyState
            title="暂无待办"
            text="新的报名、考勤和证件申请会显示在这里。"
            action={<LinkButton to="#feedback">查看已办</LinkButton>}
          />
        </Panel>
        <Panel label="载入中" isPadded>
          <Loading lines={5} />
        </Panel>
        <Panel label="离线" isPadded>
          <ErrorPanel
            status="offline"
            level={3}
            title="网络未连接"
            text="已打开的内容可以继续阅读，恢复连接后自动更新。"
            next={<Button>重新连接</Button>}
          />
        </Panel>
        <Panel label="出错" isPadded>
          <ErrorPanel
            status={403}
            level={3}
            title="无权查看此页"
            text="您当前的岗位没有这项权限。如工作需要，请联系本单位管理员。"
            requestId="0199f2ab-7c1e-7d43-9d21-5b0c8e6f1a77"
            next={<LinkButton to="/">返回首页</LinkButton>}
          />
        </Panel>
      </div>
    </Section>
  );
}

interface PanelProps {
  label: string;
  isPadded?: boolean;
  children: ReactNode;
}

function Panel({ label, isPadded = false, children }: PanelProps) {
  return (
    <Sample label={label}>
      <div className={cx('rounded-md border border-line bg-surface-raised', isPadded && 'p-6')}>
        {children}
      </div>
    </Sample>
  );
}
