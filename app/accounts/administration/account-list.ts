export const ACCOUNT_STANDINGS = ['active', 'waiting', 'disabled'] as const;
/** `waiting`: no password has been set yet, the first link has not been used. */
export type AccountStanding = (typeof ACCOUNT_STANDINGS)[number];
export const ACCOUNT_SORTS = ['login', 'name', 'created'] as const;
