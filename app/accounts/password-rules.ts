/** domain.md §9.1: at least ten characters of three classes. The upper bound only keeps hashing cheap. */
export const PASSWORD_MIN_LENGTH = 10;
export const PASSWORD_MAX_LENGTH = 128;
const CLASSES_NEEDED = 3;
const CLASSES: readonly RegExp[] = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];

export type PasswordProblem = 'TOO_SHORT' | 'TOO_LONG' | 'TOO_FEW_CLASSES' | 'CONTAINS_LOGIN';

/** The first thing wrong with a new password; null when it may be used. */
export function passwordProblem(password: string, login: string): PasswordProblem | null {
  if (password.length < PASSWORD_MIN_LENGTH) return 'TOO_SHORT';
  if (password.length > PASSWORD_MAX_LENGTH) return 'TOO_LONG';
  if (CLASSES.filter((pattern) => pattern.test(password)).length < CLASSES_NEEDED) return 'TOO_FEW_CLASSES';
  if (login !== '' && password.toLowerCase().includes(login.toLowerCase())) return 'CONTAINS_LOGIN';
  return null;
}

export const PASSWORD_PROBLEM_TEXTS: Readonly<Record<PasswordProblem, string>> = {
  TOO_SHORT: `密码至少 ${PASSWORD_MIN_LENGTH} 位`,
  TOO_LONG: `密码不得超过 ${PASSWORD_MAX_LENGTH} 位`,
  TOO_FEW_CLASSES: '密码须包含大写字母、小写字母、数字、符号中的三类',
  CONTAINS_LOGIN: '密码不得包含账号名',
};
