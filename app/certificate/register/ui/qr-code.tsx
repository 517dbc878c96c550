/** A QR code on white in both modes: readers need dark on light. */
export function QrCode({ size, path, label }: { size: number; path: string; label: string }) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="h-40 w-40 rounded border border-line bg-[#ffffff]"
    >
      <path d={path} fill="#000000" />
    </svg>
  );
}
