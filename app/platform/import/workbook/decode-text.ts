/** Text of a .csv file and the encoding it was in; null when none of the known ones fits without an error. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16' | 'gb18030';
}

/** Control characters other than tab and line ends mean that this is no text. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u;

/** UTF-8 with or without BOM, UTF-16 with BOM (Excel's 「Unicode 文本」), else GB18030 (what Chinese Excel writes). Each
 *  is decoded strictly: one wrong byte and the next is tried, so that no text is ever taken over garbled. */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return strictly(bytes, 'utf-16le', 'utf-16');
  if (first === 0xfe && second === 0xff) return strictly(bytes, 'utf-16be', 'utf-16');
  return strictly(bytes, 'utf-8', 'utf-8') ?? strictly(bytes, 'gb18030', 'gb18030');
}

function strictly(bytes: Uint8Array, label: string, encoding: DecodedText['encoding']): DecodedText | null {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    return CONTROL.test(text) ? null : { text, encoding };
  } catch (error) {
    // The decoder's way of saying "not in this encoding".
    if (error instanceof TypeError) return null;
    throw error;
  }
}
