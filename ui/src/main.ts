// The window of the app: the panel on the desktop's host.

import { mount } from 'svelte';
import App from './frame/App.svelte';
import { tauriHost } from './host/tauri';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/rows.css';

mount(App, { target: document.body, props: { host: tauriHost() } });
