// The only place that moves focus or scrolls to something. It wants the agent's own key or click:
// no event from outside may reach it.

type Cause = KeyboardEvent | MouseEvent | SubmitEvent;

/** Moves focus because the agent pressed a key or clicked. */
export function moveFocus(to: HTMLElement | null | undefined, because: Cause): void {
  if (!to || !isOwn(because)) return;
  // eslint-disable-next-line no-restricted-syntax -- the one door of focus
  to.focus({ preventScroll: false });
}

/** Scrolls to what the agent moved to inside a list. */
export function reveal(what: Element | null | undefined, because: Cause): void {
  if (!what || !isOwn(because)) return;
  // eslint-disable-next-line no-restricted-syntax -- the one door of scrolling
  what.scrollIntoView({ block: 'nearest' });
}

/**
 * Gives a field the keyboard as it appears. Only for what appears because the agent opened it: a
 * page, a form; never for what an arrival brings.
 */
export function takeFocus(field: HTMLElement): void {
  // eslint-disable-next-line no-restricted-syntax -- the one door of focus
  field.focus({ preventScroll: true });
}

/** The elements that take part in the tab order inside `root`. */
export function stops(root: ParentNode): HTMLElement[] {
  const all = root.querySelectorAll<HTMLElement>(
    'a[href], button, input, select, textarea, [tabindex="0"]',
  );
  return [...all].filter((one) => one.tabIndex >= 0 && !one.closest('[hidden], [inert]'));
}

/**
 * Whether the agent has something in hand that an arrival must not take away: text half typed, or
 * a control of a page in use.
 */
export function inUse(root: Document): boolean {
  const at = root.activeElement;
  if (!(at instanceof HTMLElement)) return false;
  if (isTextField(at)) return root.hasFocus() || at.value !== '';
  const inPage = at.closest('[data-page]') !== null && at.tabIndex >= 0;
  return inPage && root.hasFocus();
}

export function isTextField(at: Element | null): at is HTMLInputElement | HTMLTextAreaElement {
  if (at instanceof HTMLTextAreaElement) return true;
  return at instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(at.type);
}

function isOwn(cause: Cause): boolean {
  return cause instanceof Event;
}
