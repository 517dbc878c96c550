import { PAPER_FORM } from './use-exam-room.ts';

/**
 * Enter in the paper presses the first button that belongs to its form, and that is to save, not to turn the page or to
 * hand in. Nobody sees or reaches it otherwise.
 * @param onSave with JavaScript; left out, nothing happens then
 */
export function EnterSaves({ onSave }: { onSave?: (() => void) | undefined }) {
  return (
    <button
      type="submit"
      form={PAPER_FORM}
      name="intent"
      value="save"
      tabIndex={-1}
      aria-hidden="true"
      className="sr-only"
      onClick={(event) => {
        event.preventDefault();
        onSave?.();
      }}
    />
  );
}
