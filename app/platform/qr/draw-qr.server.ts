import QRCode from 'qrcode';

export interface QrDrawing {
  /** Side in modules, quiet zone included. */
  readonly size: number;
  /** SVG path of the dark modules. */
  readonly path: string;
}

/** Modules of light border that readers need. */
const QUIET_ZONE = 4;

/** A QR code as one SVG path, drawn by the page itself: no image request, sharp on paper. */
export function drawQr(text: string): QrDrawing {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const parts: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) parts.push(`M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`);
    }
  }
  return { size: modules.size + 2 * QUIET_ZONE, path: parts.join('') };
}

/** The same as an SVG document, for prints. */
export function qrSvg(text: string): string {
  const { size, path } = drawQr(text);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${path}" fill="#000000"/></svg>`;
}
