// The window of the notice: one notice on the desktop's host, and nothing else of the panel.

// Styles first: what a component says about itself comes after them.
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import { mount } from 'svelte';
import NoticeWindow from './features/notice/NoticeWindow.svelte';
import { tauriNoticeHost } from './host/tauri';

mount(NoticeWindow, { target: document.body, props: { host: tauriNoticeHost() } });
