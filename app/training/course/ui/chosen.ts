/** What is chosen in a filter form, without the empty choices: they would only lengthen the address. */
export function chosenOf(form: HTMLFormElement): URLSearchParams {
  const chosen = new URLSearchParams();
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string' && value !== '') chosen.append(name, value);
  return chosen;
}
