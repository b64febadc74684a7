// What is looked at in a page that is drawn. Each function runs inside the page, so it stands alone
// and answers with sentences that say where something is wrong.

/** Sideways scrolling, text that is cut, and controls that something covers. */
export function layoutFaults(): string[] {
  const faults: string[] = [];
  const named = (element: Element): string => {
    const classes = [...element.classList].filter((one) => !one.startsWith('svelte-')).join('.');
    const label = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40);
    return `${element.tagName.toLowerCase()}${classes && `.${classes}`} “${label}”`;
  };
  const isHiddenText = (element: Element): boolean => element.closest('.vh') !== null;

  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) faults.push('the page scrolls sideways');
  for (const element of document.querySelectorAll('*')) {
    const { overflowX } = getComputedStyle(element);
    const scrolls = overflowX === 'auto' || overflowX === 'scroll';
    if (scrolls && element.scrollWidth > element.clientWidth + 1) {
      const wide = [...element.querySelectorAll('*')].find(
        (one) => one.getBoundingClientRect().right > element.getBoundingClientRect().right + 1,
      );
      faults.push(`${named(element)} scrolls sideways${wide ? `, by ${named(wide)}` : ''}`);
    }
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement;
    if (!parent || !text.textContent?.trim() || isHiddenText(parent)) continue;
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      const fault = cutBy(box, parent);
      if (!fault) continue;
      faults.push(`“${text.textContent.trim()}” in ${named(parent)} is cut ${fault}`);
      break;
    }
  }

  for (const control of document.querySelectorAll('button, a, input, select, textarea')) {
    const box = control.getBoundingClientRect();
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    // What lies behind a question cannot be reached.
    if (control.closest('[inert]')) continue;
    if (!control.checkVisibility() || isHiddenText(control) || !isInSight(control, x, y)) continue;
    const seen = document.elementFromPoint(x, y);
    const own =
      seen === null || control.contains(seen) || seen.closest('label')?.contains(control) === true;
    // A row is one link that fills it, with other controls upon it.
    if (!own && !seen.closest('button, a, .sw, .row') && !seen.contains(control)) {
      faults.push(`${named(control)} is covered by ${named(seen)}`);
    }
  }
  return faults;

  function cutBy(box: DOMRect, from: Element): string | null {
    let at: Element | null = from;
    while (at) {
      const style = getComputedStyle(at);
      const frame = at.getBoundingClientRect();
      const out = Math.max(frame.left - box.left, box.right - frame.right);
      const gone = box.right <= frame.left || box.left >= frame.right;
      const below = Math.max(frame.top - box.top, box.bottom - frame.bottom);
      const goneBelow = box.bottom <= frame.top + 2 || box.top >= frame.bottom - 2;
      if (style.overflowX !== 'visible' && !['auto', 'scroll'].includes(style.overflowX)) {
        // What wraps out of sight as a whole was meant to; so was what ends in dots.
        if (goneBelow) return null;
        if (out > 1 && !gone && style.textOverflow !== 'ellipsis') return `by ${named(at)}`;
        if (out > 1) return null;
      }
      if (style.overflowY === 'hidden' || style.overflowY === 'clip') {
        if (!goneBelow && below > box.height / 4) return `below by ${named(at)}`;
      }
      if (['auto', 'scroll'].includes(style.overflowY)) return null;
      if (style.position === 'fixed') break;
      at = at.parentElement;
    }
    return box.right > innerWidth + 1 || box.left < -1 ? 'by the window' : null;
  }

  function isInSight(control: Element, x: number, y: number): boolean {
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false;
    for (let at = control.parentElement; at; at = at.parentElement) {
      const frame = at.getBoundingClientRect();
      const clips = getComputedStyle(at).overflowY !== 'visible';
      const edge = 2;
      const inside =
        y > frame.top + edge &&
        y < frame.bottom - edge &&
        x > frame.left + edge &&
        x < frame.right - edge;
      if (clips && !inside) return false;
    }
    return true;
  }
}

/** What moves, in words. */
export function movements(): string[] {
  return document
    .getAnimations()
    .filter(({ playState }) => playState === 'running')
    .map(({ effect }) => {
      const target = effect instanceof KeyframeEffect ? effect.target : null;
      return `${target?.className.toString() ?? 'something'} moves`;
    });
}

/** What is chosen and shows it by its colour alone, which a system with its own colours takes. */
export function colourOnly(): string[] {
  const chosen = '[aria-selected=true], [aria-pressed=true], [aria-current=page], .mark, .btn, .in';
  return [...document.querySelectorAll(chosen)]
    .filter((one) => one.checkVisibility() && !isMarked(one))
    .map((one) => `${one.className} “${one.textContent.trim().slice(0, 40)}” has no edge`);

  function isMarked(element: Element): boolean {
    return [null, '::before', '::after'].some((part) => {
      const style = getComputedStyle(element, part);
      if (part && style.content === 'none') return false;
      const sides = ['top', 'right', 'bottom', 'left'].map((side) =>
        parseFloat(style.getPropertyValue(`border-${side}-width`)),
      );
      const edged = sides.some((width) => width > 0);
      const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
      return edged || outlined || style.forcedColorAdjust === 'none';
    });
  }
}

/** What has the keyboard, if no ring says so. */
export function ringFault(): string | null {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  for (let one: Element | null = at, up = 0; one && up < 4; one = one.parentElement, up += 1) {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    if (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) return null;
  }
  return `${at.tagName} ${at.className} “${at.textContent.trim().slice(0, 40)}” has no ring`;
}

/**
 * Text that people see or hear and that did not come through the messages, which stand between
 * `open` and `close` here; what was invented for the state is data and may stand as it is.
 */
export function untranslated([open, close, ...data]: string[]): string[] {
  const known = data.join('\n');
  const faults: string[] = [];
  let depth = 0;
  const stray = (text: string): string | null => {
    let rest = '';
    for (const character of text) {
      if (character === open) depth += 1;
      else if (character === close) depth -= 1;
      else if (depth === 0) rest += character;
    }
    // Data may stand beside data, shortened to `Cesar G.`, its hidden characters as their codes.
    const parts = rest.replaceAll(/\[?U\+[0-9A-F]{4}\]?/g, ' ').split(/ · |· | ·|: |[<>]/);
    const words = parts.map((part) => part.replaceAll(/\s+/g, ' ').trim());
    const own = words.filter((one) => /\p{L}/u.test(one) && !isKnown(one));
    return own.length > 0 ? own.join(' · ') : null;
  };
  const isKnown = (text: string): boolean =>
    known.includes(text) || known.includes(text.replace(/( \p{L})\.$/u, '$1'));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement;
    if (!parent || parent.closest('script, style, kbd, .tip')) continue;
    const found = stray(text.textContent ?? '');
    if (found) faults.push(`text “${found}” of ${parent.tagName} ${parent.className}`);
  }
  const spoken = [
    'aria-label',
    'aria-valuetext',
    'aria-roledescription',
    'title',
    'placeholder',
    'alt',
  ];
  for (const name of spoken) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      depth = 0;
      const found = stray(element.getAttribute(name) ?? '');
      if (found) faults.push(`${name} “${found}” of ${element.tagName} ${element.className}`);
    }
  }
  return faults;
}
