/**
 * Text as it is compared: lower case, full-width letters and figures as half-width ones, every kind of white space a
 * blank. Character for character, so that a place found in it is the same place in the text that is shown.
 */
export function fold(text: string): string {
  let folded = '';
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0xff01 && code <= 0xff5e) folded += String.fromCharCode(code - 0xfee0).toLowerCase();
    else if (code === 0x3000 || code <= 0x20) folded += ' ';
    else if (code < 0x80) folded += String.fromCharCode(code).toLowerCase();
    else folded += text.charAt(index);
  }
  return folded;
}

/** Neighbouring characters two by two: Chinese has no blanks between words, so pairs stand in for them. */
export function pairsOf(folded: string): Set<string> {
  const pairs = new Set<string>();
  for (let index = 0; index + 1 < folded.length; index += 1) {
    const pair = folded.slice(index, index + 2);
    if (!pair.includes(' ')) pairs.add(pair);
  }
  return pairs;
}
