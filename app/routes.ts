import type { RouteConfig } from '@remix-run/route-config';
import { index, layout, route } from '@remix-run/route-config';

/** The map of URLs. Paths are stable; what lies behind a path lives in the slice it belongs to. */
export default [
  index('shell/routes/home.tsx'),
  layout('shell/layouts/public-layout.tsx', [
    route('login', 'accounts/routes/login.tsx'),
    route('activate/:token', 'accounts/routes/activate.tsx'),
  ]),
  route('logout', 'accounts/routes/logout.tsx'),
  route('preferences', 'platform/ui/routes/preferences.tsx'),
  route('styleguide', 'platform/ui/routes/styleguide.tsx'),

  layout('shell/layouts/signed-in-layout.tsx', [
    route('coordinate/roster', 'accounts/roster/routes/roster.tsx'),
    route('bureau/rules', 'office/rules/routes/rules.tsx'),
    route('bureau/workdays', 'office/workday/routes/workdays.tsx'),
    route('supervise/completion', 'reporting/completion/routes/completion.tsx'),
    route('*', 'shell/routes/not-found.tsx'),
  ]),
  route('supervise/completion.xlsx', 'reporting/completion/routes/completion-file.ts'),
] satisfies RouteConfig;
