// The window of the app: the panel on the desktop's host.

// Styles first: what a component says about itself comes after them.
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/rows.css';
import { mount } from 'svelte';
import App from './frame/App.svelte';
import { warmUp } from './frame/warm';
import { tauriHost } from './host/tauri';

const host = tauriHost();
mount(App, { target: document.body, props: { host } });
warmUp(host);
