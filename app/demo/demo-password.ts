/** Password of every demo account. It is public, and none of these accounts exists outside the demo city. */
export const DEMO_PASSWORD = 'Zhifa@2026demo';
