// The panel on invented data: `fake.html#<state>&theme=dark&density=compact&lang=ar`, and with
// `&arrive=1` somebody arrives a second later; `lang=pseudo` shows what is not translated; `notice` is the window of a notice; with
// `&paints=60` so many cards come and go, and what they took stands at the document. Served in
// development and built only on demand; no part of the product.

// Styles first: what a component says about itself comes after them.
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/rows.css';
import { mount, unmount } from 'svelte';
import NoticeWindow from './features/notice/NoticeWindow.svelte';
import App from './frame/App.svelte';
import { warmUp } from './frame/warm';
import { FakeHost } from './host/fake/fake';
import { paints } from './host/fake/full';
import { FakeNoticeHost, notice } from './host/fake/notices';
import { cesarOffered } from './host/fake/people';
import { speakPseudo } from './host/fake/pseudo';
import { isStateName, states } from './host/fake/states';

let shown: Record<string, unknown> | undefined;

function show(): void {
  const [name = '', ...rest] = location.hash.slice(1).split('&');
  const options = new Map(rest.map((one) => one.split('=') as [string, string]));
  const state = states[isStateName(name) ? name : 'idle'](Date.now());
  const { settings } = state.app;
  const theme = options.get('theme') === 'dark' ? 'dark' : 'light';
  const density = options.get('density') === 'compact' ? 'compact' : 'comfortable';
  const language = options.get('lang') ?? 'en';
  const app = { ...state.app, language, settings: { ...settings, theme, density } as const };
  if (shown) void unmount(shown);
  document.documentElement.dataset['state'] = location.hash.slice(1);
  if (name === 'notice') {
    const view = notice(Date.now(), { theme, density, language });
    shown = mount(NoticeWindow, {
      target: document.body,
      props: { host: new FakeNoticeHost(view) },
    });
    return;
  }
  const host = new FakeHost({ ...state, app });
  if (options.has('arrive')) {
    setTimeout(() => host.send({ kind: 'pop', view: cesarOffered(Date.now(), 99) }), 1000);
  }
  shown = mount(App, {
    target: document.body,
    props: {
      host,
      page: state.page ?? 'cards',
      words: state.words ?? '',
      offer: state.offer ?? null,
      form: state.form ?? null,
      insight: state.insight ?? null,
    },
  });
  const count = Number(options.get('paints') ?? 0);
  if (count > 0) {
    void paints(host, count).then((found) => {
      document.documentElement.dataset['paints'] = JSON.stringify(found);
    });
  }
}

if (location.hash.includes('lang=pseudo')) speakPseudo();
addEventListener('hashchange', show);
show();
warmUp(new FakeHost(states.idle(Date.now())));
