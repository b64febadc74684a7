// What the forms of the way to the broker hold, and what is made of it. The core judges it.

import type { BrokerFields, ProxyFields } from '../../bindings/wire';

/** Which proxy is used. */
export type Which = 'system' | 'none' | 'own';

export function whichProxy(proxy: ProxyFields | null): Which {
  if (proxy === null) return 'system';
  return proxy.url === '' ? 'none' : 'own';
}

/** The proxy as it is sent: an empty address stands for none, whatever the system says. */
export function proxyOf(which: Which, url: string, user: string): ProxyFields | null {
  switch (which) {
    case 'system':
      return null;
    case 'none':
      return { url: '', user: null };
    case 'own':
      return { url: url.trim(), user: user.trim() || null };
  }
}

/** Whether an own proxy has no address: it would mean none. */
export function lacksAddress(which: Which, url: string): boolean {
  return which === 'own' && url.trim() === '';
}

/** The fields of the broker as texts. */
export type BrokerTexts = Record<keyof BrokerFields, string>;

export function textsOf(broker: BrokerFields | null): BrokerTexts {
  return {
    urls: broker?.urls.join('\n') ?? '',
    username: broker?.username ?? '',
    clientId: broker?.clientId ?? '',
    interactions: broker?.interactions ?? '',
    control: broker?.control ?? '',
    ack: broker?.ack ?? '',
    presence: broker?.presence ?? '',
  };
}

export function brokerOf(texts: BrokerTexts): BrokerFields {
  const optional = (text: string) => text.trim() || null;
  return {
    urls: texts.urls.split(/\s+/).filter((url) => url !== ''),
    username: texts.username.trim(),
    clientId: optional(texts.clientId),
    interactions: texts.interactions.trim(),
    control: optional(texts.control),
    ack: optional(texts.ack),
    presence: optional(texts.presence),
  };
}
