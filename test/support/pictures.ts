/** The heads of pictures as cameras and programs write them; what is drawn does not matter to any rule. */

/** A JPEG with an APP0 part before its frame header. @param note makes two pictures differ */
export function aJpeg(width: number, height: number, note = ''): Uint8Array {
  const word = (value: number): number[] => [value >> 8, value & 0xff];
  const text = [...new TextEncoder().encode(note)];
  return new Uint8Array([
    ...[0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00, 0x01, 0x01, 0, 0, 1, 0, 1, 0, 0],
    ...(text.length === 0 ? [] : [0xff, 0xfe, ...word(text.length + 2), ...text]),
    ...[0xff, 0xc0, 0x00, 0x11, 0x08, ...word(height), ...word(width), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1],
    ...[0xff, 0xda, 0x00, 0x0c, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 0x3f, 0, 0xff, 0xd9],
  ]);
}

export function aPng(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(57);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}
