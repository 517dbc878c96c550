import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServerBuild } from '@remix-run/node';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { PERMISSIONS, type Permission, admits } from '#app/accounts/permission.ts';
import { ROLES, type Role } from '#app/accounts/role.ts';
import { doorOf } from '#app/platform/http/door.server.ts';
import { DEMO_PASSWORD } from '#test/support/browser.ts';

interface DeclaredDoor {
  readonly name: string;
  readonly path: string;
  readonly kind: 'loader' | 'action';
  readonly permission: Permission;
  readonly mostBodyBytes: number | null;
  /** @param boundTo of a session of the exam door */
  admit(role: Role | null, boundTo?: string): Promise<'passes' | number>;
}

/** Every loader and action of the built site with what it declares; asked with a person of one role. */
function doorsOf(build: ServerBuild): DeclaredDoor[] {
  const doors: DeclaredDoor[] = [];
  for (const route of Object.values(build.routes)) {
    if (!route) continue;
    for (const kind of ['loader', 'action'] as const) {
      const handler = route.module[kind];
      if (handler === undefined) continue;
      const door = doorOf(handler);
      expect(door, `${route.id}#${kind} declares no permission`).not.toBeNull();
      if (!door) continue;
      expect(Object.keys(PERMISSIONS), `${route.id}#${kind}`).toContain(door.permission);
      doors.push({
        name: `${route.id}#${kind}`,
        path: route.path ?? '',
        kind,
        permission: door.permission as Permission,
        mostBodyBytes: door.mostBodyBytes,
        admit: async (role, boundTo) => {
          const actor =
            role === null
              ? null
              : {
                  ...{ accountId: 'a', login: 'a', displayName: 'a', personId: null, grants: [] },
                  roles: [role],
                  boundTo,
                };
          const args = {
            request: new Request('http://site.example/where'),
            params: {},
            context: { requestCtx: () => Promise.resolve({ actor, actorId: actor?.accountId ?? null }) },
          };
          try {
            await door.admit(args as never);
            return 'passes';
          } catch (answer) {
            if (answer instanceof Response) return answer.status;
            throw answer;
          }
        },
      });
    }
  }
  return doors;
}

let doors: DeclaredDoor[] = [];
beforeAll(async () => {
  const build = (await import(pathToFileURL(path.resolve('build/server/index.js')).href)) as ServerBuild;
  doors = doorsOf(build);
});

describe('the doors of the built site', () => {
  it('are all declared, and there are some', () => {
    expect(doors.length).toBeGreaterThan(40);
  });

  it('let through exactly the roles of their permission, for every route and role', async () => {
    for (const door of doors) {
      for (const role of ROLES) {
        const expected = admits(door.permission, [role]) ? 'passes' : 403;
        expect(await door.admit(role), `${door.name} for ${role}`).toBe(expected);
      }
    }
  });

  it('lead a session of the exam door back to its seat, except those of the exam room', async () => {
    const open: string[] = [];
    for (const door of doors) {
      if (PERMISSIONS[door.permission] === 'public') continue;
      const answer = await door.admit('applicant', 'registration');
      if (answer === 'passes') open.push(door.path);
      else expect([302, 403], door.name).toContain(answer);
    }
    expect([...new Set(open)].sort()).toEqual(
      [
        ...new Set(
          doors
            .filter(({ permission }) => ['exam.sit', 'exam.check_device'].includes(permission))
            .map((door) => door.path),
        ),
      ].sort(),
    );
    expect(open).toEqual(expect.arrayContaining(['exam-door/seat', 'exam-door/check']));
  });

  it('read no more than 8 KB from anybody who may be a stranger', async () => {
    for (const door of doors)
      expect(door.mostBodyBytes, door.name).toBe(PERMISSIONS[door.permission] === 'public' ? 8192 : null);
    const { baseUrl } = inject('site');
    const body = new URLSearchParams({
      login: 'applicant',
      password: 'x'.repeat(9_000),
      ticketNo: '1',
      idNumber: '1',
    });
    for (const where of ['/login', '/exam-door', '/verify', '/activate/none', '/preferences', '/logout']) {
      const answer = await fetch(baseUrl + where, { method: 'POST', headers: { Origin: baseUrl }, body });
      expect(answer.status, where).toBe(413);
      expect(answer.headers.get('connection'), where).toBe('close');
    }
  });

  it('send strangers to the login page unless they are public', async () => {
    for (const door of doors)
      expect(await door.admit(null), door.name).toBe(
        PERMISSIONS[door.permission] === 'public' ? 'passes' : 302,
      );
  });
});

/** Demo accounts and the one role each has. */
const ACCOUNTS: readonly (readonly [string, Role])[] = [
  ['officer', 'officer'],
  ['applicant', 'applicant'],
  ['liaison', 'unit_liaison'],
  ['leader', 'unit_leader'],
  ['department', 'system_department'],
  ['office', 'justice_office'],
  ['bureau', 'justice_bureau'],
  ['supervisor', 'supervisor'],
  ['invited', 'invited_supervisor'],
  ['editor', 'question_editor'],
  ['reviewer', 'question_reviewer'],
  ['invigilator', 'invigilator'],
  ['sysadmin', 'system_admin'],
  ['secadmin', 'security_admin'],
  ['auditor', 'audit_admin'],
];

async function cookieOf(login: string): Promise<string> {
  const { baseUrl } = inject('site');
  const answer = await fetch(`${baseUrl}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: baseUrl, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ login, password: DEMO_PASSWORD, to: '/' }),
  });
  expect(answer.status, login).toBe(302);
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

describe('the running site', () => {
  it('answers every demo account by its role on every page without parameters', async () => {
    const { baseUrl } = inject('site');
    const pages = doors.filter(
      (door) =>
        door.kind === 'loader' &&
        door.path !== '' &&
        !/[:*]/.test(door.path) &&
        !['logout', 'preferences', 'login'].includes(door.path),
    );
    expect(pages.length).toBeGreaterThan(12);
    for (const [login, role] of ACCOUNTS) {
      const cookie = await cookieOf(login);
      for (const page of pages) {
        const answer = await fetch(`${baseUrl}/${page.path}`, {
          headers: { Cookie: cookie },
          redirect: 'manual',
        });
        await answer.arrayBuffer();
        const allowed = admits(page.permission, [role]);
        expect(answer.status === 403, `${login} on /${page.path}: ${answer.status}`).toBe(!allowed);
        if (allowed) expect(answer.status, `${login} on /${page.path}`).toBeLessThan(400);
      }
    }
  });
});
