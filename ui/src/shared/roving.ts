// Where the arrows, Home and End lead in a list; pure, so that every list moves alike.

/** The index a key leads to from `at`, or none if the key does not move. */
export function moved(key: string, at: number, count: number, rtl = false): number | null {
  if (count === 0) return null;
  const [forward, back] = rtl ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
  switch (key) {
    case 'ArrowDown':
    case forward:
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
    case back:
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** The digit of a key, from 1 to 9. */
export function digit(key: string): number | null {
  return /^[1-9]$/.test(key) ? Number(key) : null;
}

/** Whether text runs right to left around an element. */
export function isRtl(element: Element): boolean {
  return element.closest('[dir]')?.getAttribute('dir') === 'rtl';
}
