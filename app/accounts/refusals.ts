import { COMMON_REFUSALS, type RefusalTexts } from '#app/platform/http/answer.ts';

export const SIGN_IN_REFUSALS: RefusalTexts<
  'WRONG_LOGIN_OR_PASSWORD' | 'ACCOUNT_LOCKED' | 'TOO_MANY_REQUESTS'
> = {
  WRONG_LOGIN_OR_PASSWORD: { status: 422, text: '账号或密码不正确。连续输错 5 次将锁定 30 分钟。' },
  ACCOUNT_LOCKED: { status: 423, text: '账号已锁定，请在 {minutes} 分钟后再试，或联系本单位联络员。' },
  TOO_MANY_REQUESTS: COMMON_REFUSALS.TOO_MANY_REQUESTS,
};
