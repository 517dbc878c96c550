import { describe, expect, it } from 'vitest';
import { door } from '#app/accounts/door.server.ts';
import { doorOf } from '#app/platform/http/door.server.ts';
import { KEPT_FORM_HEADER } from '#app/platform/http/kept-form.ts';

const SITE = 'http://site.example';
const nobody = { requestCtx: () => Promise.resolve({ actor: null, actorId: null }) };

/** What a stranger is answered at a door. */
async function answerTo(
  permission: 'claim.file_own' | 'exam.sit',
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const mark = doorOf(door(permission, () => null));
  if (mark === null) throw new Error('it is a door');
  const args = { request: new Request(`${SITE}${path}`, init), params: {}, context: nobody };
  const answer: unknown = await mark.admit(args as never).catch((thrown: unknown) => thrown);
  if (!(answer instanceof Response)) throw new Error('a stranger is turned away');
  return answer;
}

const form = (headers: Record<string, string>): RequestInit => ({ method: 'POST', headers, body: 'a=b' });
const sentTo = (answer: Response) => [answer.status, answer.headers.get('Location')];

describe('who is not signed in, or no longer', () => {
  it('is led to the login page and back to the page that was asked for', async () => {
    const answer = await answerTo('claim.file_own', '/hours/claims?page=2');
    expect(sentTo(answer)).toEqual([302, `/login?to=${encodeURIComponent('/hours/claims?page=2')}`]);
  });

  it('with a form that stays on its page is told so, and nothing typed is lost', async () => {
    const answer = await answerTo('claim.file_own', '/hours/claims/new', form({ [KEPT_FORM_HEADER]: '1' }));
    expect(sentTo(answer)).toEqual([401, null]);
  });

  it.each([
    ['the page of the form', { Referer: `${SITE}/hours/claims/new?x=1` }, '/hours/claims/new?x=1'],
    ['home without a page', {}, '/'],
    ['home from another site', { Referer: 'http://evil.example/hours' }, '/'],
    ['home from nonsense', { Referer: 'nonsense' }, '/'],
  ])('with a form without JavaScript comes back to %s', async (_, headers, to) => {
    const answer = await answerTo('claim.file_own', '/hours/claims/new', form(headers));
    expect(sentTo(answer)).toEqual([302, `/login?to=${encodeURIComponent(to)}`]);
  });

  it('behind the exam door is led to that door: a ticket opens it, no password', async () => {
    for (const path of ['/exam-door/seat', '/exam-door/check'])
      expect(sentTo(await answerTo('exam.sit', path))).toEqual([302, '/exam-door']);
    expect(sentTo(await answerTo('exam.sit', '/exam-doors'))).toEqual([302, '/login?to=%2Fexam-doors']);
  });

  it('in the exam room is never left on a page whose login is elsewhere', async () => {
    const answer = await answerTo('exam.sit', '/attempts/1', form({ [KEPT_FORM_HEADER]: '1' }));
    expect(answer.status).toBe(302);
  });
});
