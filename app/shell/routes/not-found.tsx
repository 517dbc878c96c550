import { publicDoor } from '#app/accounts/door.server.ts';

/** Any path nobody knows: answered inside the frame of whoever asks. */
export const loader = publicDoor('public.read', () => {
  throw new Response(null, { status: 404 });
});

export default function NotFound() {
  return null;
}
