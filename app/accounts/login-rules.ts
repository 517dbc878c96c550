/** What a login may look like: easy to type, to print on a slip and to read out on the telephone. */
const LOGIN = /^[a-z0-9][a-z0-9._-]{1,39}$/;

export const LOGIN_RULE_TEXT = '账号为 2–40 位小写字母、数字、点、下划线或短横，以字母或数字开头';

/** Logins are compared and kept in small letters, without blanks at the ends. */
export function normaliseLogin(text: string): string {
  return text.trim().toLowerCase();
}

/** @param login normalised */
export function isLogin(login: string): boolean {
  return LOGIN.test(login);
}
