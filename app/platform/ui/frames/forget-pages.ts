/** Signing out takes with it every page that this browser keeps for use without a network; what is not yet sent stays. */
export async function forgetPages(): Promise<void> {
  if (!('caches' in globalThis)) return;
  const names = await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
}
