// Every way that a page has to reach a server, and what it could read there. Whether something
// arrived is for the server to say.
const settled = (promise, wait) =>
  Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error('late')), wait))]);
const told = async (answer) => (answer.type === 'opaque' ? '' : `${answer.status} ${await answer.text()}`);
const put = (name, fields) => document.body.append(Object.assign(document.createElement(name), fields));
const loads = (name, fields) => new Promise((yes, no) =>
  put(name, { ...fields, onload: () => yes(`${name} loaded`), onerror: () => no(new Error(name)) }));
const frame = (target, fill) => new Promise((yes) => {
  const name = `frame${Math.random()}`;
  const onload = ({ target: { contentDocument } }) => yes(contentDocument?.body?.textContent ?? '');
  put('iframe', { name, hidden: true });
  const box = document.querySelector('iframe:last-of-type');
  fill(name, box);
  box.onload = onload;
});
const form = (method, enctype) => ({ url, body }) => frame(url, (target) => {
  const element = Object.assign(document.createElement('form'), { method, enctype, action: url, target });
  const [name, ...value] = body.split('=');
  element.append(Object.assign(document.createElement('input'), { name, value: value.join('='), type: 'hidden' }));
  document.body.append(element);
  element.submit();
});
const request = (more) => ({ url, body, fields }) =>
  fetch(url, { method: 'POST', body, ...more, headers: more.signed ? fields : { 'content-type': more.kind ?? 'text/plain' } }).then(told);

const WAYS = {
  'fetch-signed': request({ signed: true }),
  'fetch-json': request({ kind: 'application/json' }),
  'fetch-plain': request({}),
  'fetch-credentials': request({ credentials: 'include' }),
  'fetch-no-cors': request({ mode: 'no-cors' }),
  'fetch-keepalive': request({ mode: 'no-cors', keepalive: true }),
  'fetch-no-referrer': request({ mode: 'no-cors', referrerPolicy: 'no-referrer' }),
  'fetch-get': ({ url }) => fetch(url).then(told),
  'fetch-get-no-cors': ({ url }) => fetch(url, { mode: 'no-cors' }).then(told),
  'fetch-put': request({ method: 'PUT', kind: 'application/json' }),
  'fetch-delete': ({ url }) => fetch(url, { method: 'DELETE' }).then(told),
  xhr: ({ url, body }) => new Promise((yes, no) => {
    const xhr = Object.assign(new XMLHttpRequest(), { onload: () => yes(`${xhr.status}`), onerror: no });
    xhr.open('POST', url);
    xhr.send(body);
  }),
  beacon: ({ url, body }) => (navigator.sendBeacon(url, body), Promise.resolve('')),
  'beacon-json': ({ url, body }) =>
    (navigator.sendBeacon(url, new Blob([body], { type: 'application/json' })), Promise.resolve('')),
  ping: ({ url }) => {
    const link = Object.assign(document.createElement('a'), { href: '#', ping: url });
    document.body.append(link);
    link.click();
    return Promise.resolve('');
  },
  'form-plain': form('post', 'text/plain'),
  'form-encoded': form('post', 'application/x-www-form-urlencoded'),
  'form-parts': form('post', 'multipart/form-data'),
  'form-get': form('get', 'application/x-www-form-urlencoded'),
  frame: ({ url }) => frame(url, (_, box) => (box.src = url)),
  image: ({ url }) => loads('img', { src: url }),
  script: ({ url }) => loads('script', { src: url }),
  style: ({ url }) => loads('link', { rel: 'stylesheet', href: url }),
  object: ({ url }) => loads('embed', { src: url, type: 'text/html' }).then(() => ''),
  media: ({ url }) => new Promise((yes, no) => put('video', { src: url, onloadeddata: yes, onerror: no })),
  worker: ({ url }) => new Promise((yes, no) => {
    const text = `importScripts(${JSON.stringify(url)}); postMessage('read')`;
    const worker = new Worker(URL.createObjectURL(new Blob([text])));
    Object.assign(worker, { onmessage: () => yes('script run'), onerror: no });
  }),
  events: ({ url }) => new Promise((yes, no) =>
    Object.assign(new EventSource(url), { onopen: () => yes('stream open'), onerror: no })),
  websocket: ({ url }) => new Promise((yes, no) =>
    Object.assign(new WebSocket(url.replace('http', 'ws')), { onopen: () => yes('socket open'), onerror: no })),
};

/** Tries all of them at once; by way, what was read. */
const tryAll = async (target) => {
  const found = {};
  const attempts = Object.entries(WAYS).map(async ([way, attempt]) => {
    const url = target.witness ? `${target.url}?${way}` : target.url;
    // What is welcome and can be read has an answer, however busy the computer is.
    const wait = target.witness && /^(fetch|xhr)/.test(way) ? 30_000 : 3_000;
    try {
      found[way] = await settled(attempt({ ...target, url }), wait);
    } catch {
      // Refused, and the page does not learn why.
      found[way] = '';
    }
  });
  await Promise.all(attempts);
  return found;
};
