// Hands the panel down to components that send commands, without passing it through all others.

import { createContext } from 'svelte';
import type { Panel } from '../state/panel.svelte';

export const [getPanel, setPanel] = createContext<Panel>();
