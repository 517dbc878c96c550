import { describe, expect, it } from 'vitest';
import { ROLES } from '#app/accounts/role.ts';
import type { Role } from '#app/accounts/role.ts';
import { isLearnerOnly, navigationFor, officerTabOf, roleLabelFor } from '#app/shell/navigation.ts';

const pathsFor = (...roles: Role[]): string[] =>
  navigationFor(roles).flatMap((group) => group.items.map((item) => item.to));

describe('the navigation', () => {
  it.each<[Role, string[]]>([
    [
      'unit_liaison',
      ['/coordinate/sessions', '/coordinate/applications', '/supervise/completion', '/coordinate/roster'],
    ],
    ['unit_leader', ['/coordinate/sessions', '/supervise/completion']],
    [
      'justice_bureau',
      ['/bureau/applications', '/bureau/certificates', '/bureau/exams', '/bureau/imports', '/bureau/rules'],
    ],
    ['justice_office', ['/bureau/applications', '/supervise/completion']],
    ['supervisor', ['/supervise/completion', '/bureau/certificates', '/bureau/eligibility']],
    ['question_editor', ['/bank/questions']],
  ])('of %s leads to its work', (role, paths) => {
    expect(pathsFor(role)).toEqual(expect.arrayContaining(paths));
  });

  it('leads a unit to its own side of the counter and a bureau to its own', () => {
    expect(pathsFor('unit_liaison')).not.toContain('/bureau/applications');
    expect(pathsFor('justice_bureau')).not.toContain('/coordinate/applications');
    expect(pathsFor('unit_liaison', 'justice_bureau')).toEqual(
      expect.arrayContaining(['/coordinate/applications', '/bureau/applications']),
    );
  });

  it('shows an invited supervisor the figures and no other business', () => {
    expect(pathsFor('invited_supervisor')).toEqual(['/', '/tasks', '/inbox', '/supervise/completion']);
  });

  it.each<Role>(['system_admin', 'security_admin', 'audit_admin'])('shows %s no business data', (role) => {
    const beyond = pathsFor(role).filter((path) => !path.startsWith('/admin/'));
    expect(beyond).toEqual(['/', '/tasks', '/inbox']);
  });

  it('has no empty group for anybody', () => {
    for (const role of ROLES) for (const group of navigationFor([role])) expect(group.items).not.toEqual([]);
  });

  it('carries what waits as a badge', () => {
    const groups = navigationFor(['justice_bureau'], new Map([['/bureau/applications', 3]]));
    const items = groups.flatMap((group) => group.items);
    expect(items.find((item) => item.to === '/bureau/applications')?.badge).toBe(3);
    expect(items.find((item) => item.to === '/bureau/certificates')?.badge).toBeUndefined();
  });

  it('keeps the five tabs for those who only learn', () => {
    expect(isLearnerOnly(['officer'])).toBe(true);
    expect(isLearnerOnly(['officer', 'unit_liaison'])).toBe(false);
    expect(isLearnerOnly([])).toBe(false);
    expect(navigationFor(['officer', 'unit_liaison']).at(-1)?.label).toBe('本人');
  });

  it.each([
    ['/', 'home'],
    ['/courses/penalty-law-1/01', 'learn'],
    ['/hours', 'hours'],
    ['/me', 'me'],
    ['/messages', undefined],
  ])('marks for %s the tab %s', (path, tab) => {
    expect(officerTabOf(path)).toBe(tab);
  });

  it('names the office before the learner', () => {
    expect(roleLabelFor(['officer', 'unit_liaison'])).toBe('单位联络员');
    expect(roleLabelFor(['applicant'])).toBe('申领人');
    expect(roleLabelFor([])).toBe('未授权');
  });
});
