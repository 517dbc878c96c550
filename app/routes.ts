import type { RouteConfig } from '@remix-run/route-config';
import { layout, route } from '@remix-run/route-config';

/** The one map of URLs. Paths are stable; a page below an area may be added, none is moved. */
export default [
  // The counter: no session needed.
  layout('shell/layouts/public-layout.tsx', [
    route('login', 'accounts/routes/login.tsx'),
    route('activate/:token', 'accounts/routes/activate.tsx'),
  ]),
  route('logout', 'accounts/routes/logout.tsx'),
  route('preferences', 'platform/ui/routes/preferences.tsx'),
  route('styleguide', 'platform/ui/routes/styleguide.tsx'),

  // Officials.
  layout('shell/layouts/official-layout.tsx', [
    route('coordinate/roster', 'accounts/roster/routes/roster.tsx'),
    route('bureau/rules', 'office/rules/routes/rules.tsx'),
    route('bureau/workdays', 'office/workday/routes/workdays.tsx'),
    route('supervise/completion', 'reporting/completion/routes/completion.tsx'),
  ]),
  route('supervise/completion.xlsx', 'reporting/completion/routes/completion-file.ts'),
] satisfies RouteConfig;
