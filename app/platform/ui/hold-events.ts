/** Every event for which React would hydrate the page at once (react-dom 18.3, `discreteReplayableEvents`). */
const DISCRETE_EVENTS = [
  'mousedown',
  'mouseup',
  'touchcancel',
  'touchend',
  'touchstart',
  'auxclick',
  'dblclick',
  'pointercancel',
  'pointerdown',
  'pointerup',
  'dragend',
  'dragstart',
  'drop',
  'compositionend',
  'compositionstart',
  'keydown',
  'keypress',
  'keyup',
  'input',
  'textInput',
  'copy',
  'cut',
  'paste',
  'click',
  'change',
  'contextmenu',
  'reset',
  'submit',
] as const;

/**
 * Keeps keys and clicks from React until the page is hydrated. Remix suspends the root while it decodes the page's data;
 * a key pressed in that moment makes React hydrate synchronously, which a suspended root cannot: error #345, and the page
 * stays dead. Fields, links and forms do what they do without JavaScript meanwhile; nothing that was typed is lost.
 * @returns ends it; call once the page is hydrated
 */
export function holdEvents(): () => void {
  const hold = (event: Event): void => event.stopImmediatePropagation();
  for (const name of DISCRETE_EVENTS) window.addEventListener(name, hold, true);
  return () => {
    for (const name of DISCRETE_EVENTS) window.removeEventListener(name, hold, true);
  };
}
