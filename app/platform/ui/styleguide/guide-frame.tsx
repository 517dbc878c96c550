import { useLocation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { CandidateFrame } from '../frames/candidate-frame.tsx';
import type { FrameUser, NavGroup } from '../frames/frame-user.ts';
import { OfficerFrame } from '../frames/officer-frame.tsx';
import { OfficialFrame } from '../frames/official-frame.tsx';
import { PublicFrame } from '../frames/public-frame.tsx';
import { CandidateMapSample, CandidateSample, OfficerSample, PublicSample } from './frame-samples.tsx';
import type { Preferences } from '../theme/preferences.ts';

const NAV: readonly NavGroup[] = [
  {
    label: '样式',
    items: [
      { to: '/styleguide', label: '全部组件' },
      { to: '/styleguide?frame=officer', label: '学员框架' },
      { to: '/styleguide?frame=public', label: '公众框架' },
      { to: '/styleguide?frame=candidate', label: '考场框架' },
    ],
  },
  {
    label: '证件',
    items: [
      { to: '/bureau/certificates', label: '证件名册' },
      { to: '/bureau/applications', label: '申领审核', badge: 12 },
      { to: '/bureau/eligibility', label: '资格查询' },
    ],
  },
  {
    label: '考试',
    items: [
      { to: '/bureau/exams', label: '考试安排', badge: 2 },
      { to: '/bureau/results', label: '成绩' },
    ],
  },
];

const OFFICER = { displayName: '林海燕', roleLabel: '行政执法人员', unitName: '云州市市场监督管理局' };

/** The official's frame around the whole guide; `?frame=` shows each other frame around the page it was made for. */
export function GuideFrame({ preferences, children }: { preferences: Preferences; children: ReactNode }) {
  const frame = new URLSearchParams(useLocation().search).get('frame') ?? '';
  const user: FrameUser = {
    displayName: '周立新',
    roleLabel: '司法局证件管理',
    unitName: '云州市司法局',
    unread: 3,
    links: [],
    ...preferences,
  };
  switch (frame) {
    case 'officer':
      return (
        <OfficerFrame user={{ ...user, ...OFFICER }} active="home">
          <OfficerSample />
        </OfficerFrame>
      );
    case 'public':
      return (
        <PublicFrame preferences={preferences} office="云州市司法局">
          <PublicSample />
        </PublicFrame>
      );
    case 'candidate':
      return (
        <CandidateFrame
          title="2026年第三次行政执法人员资格考试"
          name="林海燕　准考证号 2026 990100 03 00127"
          head={<CandidateHead />}
          aside={<CandidateMapSample />}
        >
          <CandidateSample />
        </CandidateFrame>
      );
    default:
      return (
        <OfficialFrame user={user} nav={NAV} hasSearch>
          {children}
        </OfficialFrame>
      );
  }
}

function CandidateHead() {
  return (
    <p className="flex items-baseline gap-6">
      <span className="text-sm text-ink-muted">已保存 37/80 · 10:42:07</span>
      <span className="text-xl font-semibold">剩余 47:53</span>
    </p>
  );
}
