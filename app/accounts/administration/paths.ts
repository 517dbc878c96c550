export const ACCOUNTS_PATH = '/admin/accounts';

/** Page of one account. */
export function accountPath(accountId: string): string {
  return `${ACCOUNTS_PATH}/${accountId}`;
}
