/** How somebody came to be registered, and what a unit may ask for, in words. */
export const ROUTE_WORDS = { regular: '报名', late: '补报' } as const;
export const ASKED_WORDS = { defer: '缓考', exempt: '免考' } as const;
