/** Where a step's card stands: beside what it points at, and always wholly on the screen. Pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const gap = 12;
const edge = 12;

const within = (value: number, most: number): number => Math.max(edge, Math.min(value, most - edge));

/** Below the part if there is room, else above it, else beside it, else at the end of the screen. */
export function placeOf(part: Box, card: { width: number; height: number }, screen: { width: number; height: number }) {
  const left = within(part.left, screen.width - card.width);
  const below = part.top + part.height + gap;
  if (below + card.height + edge <= screen.height) return { left, top: Math.max(edge, below) };
  const above = part.top - gap - card.height;
  if (above >= edge) return { left, top: above };
  const beside = part.left + part.width + gap;
  const top = within(part.top, screen.height - card.height);
  if (beside + card.width + edge <= screen.width) return { left: beside, top };
  return { left, top: screen.height - card.height - edge };
}
