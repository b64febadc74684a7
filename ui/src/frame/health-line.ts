// What the status bar says: each connection while all is well, the trouble first when it is not.

import type { AppView, ConnectionView, PopView } from '../bindings/wire';
import type { MarkName } from '../shared/icons';
import { dateOf, inSeconds, number, SECOND } from '../words/format';
import { t } from '../words';

export interface StatusPart {
  readonly key: string;
  readonly mark: MarkName | 'busy';
  readonly text: string;
  /** A number that stands beside it, such as a latency. */
  readonly detail: string | null;
  readonly tone: 'bad' | 'warn' | null;
}

/** The parts of the line, for the app and the card in front. */
export function statusLine(app: AppView, card: PopView | null, now: number): StatusPart[] {
  if (app.connections.length === 0) {
    return [part('none', 'off', t('status.none')), ...events(app)];
  }
  if (card?.outOfReach && app.connections.length > 1) {
    const since = Math.min(...card.problems.map(({ at }) => at));
    const lost = part('lost', 'bad', t('status.unreachable'));
    const detail = Number.isFinite(since) ? t('status.since', { when: dateOf(since, now) }) : null;
    const deaf = events(app).filter(({ tone }) => tone !== null);
    return [{ ...lost, detail, tone: 'bad' }, ...deaf];
  }
  const parts = app.connections.map((one) => connection(one, card, now));
  const all = [...parts, ...events(app)];
  const troubled = all.filter(({ tone }) => tone !== null);
  if (troubled.length === 0) return all;
  const well = all.length - troubled.length;
  const rest = well > 0 ? [part('rest', 'ok', t('status.connected', { n: well }))] : [];
  return [...troubled, ...rest];
}

function connection(one: ConnectionView, card: PopView | null, now: number): StatusPart {
  const { id, label: name, state } = one;
  const source = card?.sources.find((each) => each.connection === id);
  if (source?.state === 'slow') {
    return {
      ...part(id, 'warn', t('status.slow', { name })),
      detail: passed(source.since, now),
      tone: 'warn',
    };
  }
  if (source?.state === 'pending') {
    return { ...part(id, 'busy', name), detail: passed(source.since, now) };
  }
  switch (state) {
    case 'sign_in':
      return { ...part(id, 'bad', t('status.sign_in', { name })), tone: 'bad' };
    case 'problem':
      return { ...part(id, 'bad', t('status.problem', { name })), tone: 'bad' };
    case 'slow':
      return { ...part(id, 'warn', t('status.slow', { name })), tone: 'warn' };
    case 'unknown':
      return { ...part(id, 'off', name), detail: latency(one) };
    case 'ok':
      return { ...part(id, 'ok', name), detail: latency(one) };
  }
}

function events({ listener, gateway }: AppView): StatusPart[] {
  if (listener.state === 'failed' || gateway.state === 'broken') {
    return [{ ...part('events', 'bad', t('status.events_failed')), tone: 'bad' }];
  }
  const heard = listener.state === 'on' || gateway.state === 'connected';
  return heard ? [part('events', 'ok', t('status.events'))] : [];
}

function part(key: string, mark: StatusPart['mark'], text: string): StatusPart {
  return { key, mark, text, detail: null, tone: null };
}

function latency({ latencyMs }: ConnectionView): string | null {
  return latencyMs === null ? null : t('unit.ms', { n: number(latencyMs) });
}

/** The seconds that a lookup takes, once it takes one. */
function passed(since: number, now: number): string | null {
  const seconds = Math.floor((now - since) / SECOND) * SECOND;
  return seconds < SECOND ? null : t('unit.s', { n: inSeconds(seconds) });
}
