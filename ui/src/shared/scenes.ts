// The interactions that the sandbox can play, as entries of a menu.

import type { SceneRequest } from '../bindings/wire';
import { t } from '../words';
import type { IconName } from './icons';
import type { MenuItem } from './menu';

const scenes: readonly (readonly [scene: SceneRequest, icon: IconName])[] = [
  ['one', 'shield'],
  ['vip', 'phone'],
  ['several', 'user'],
  ['none', 'search'],
  ['slow', 'clock'],
  ['expired', 'key'],
  ['offline', 'offline'],
];

export function sceneMenu(simulate: (scene: SceneRequest) => void): MenuItem[] {
  return scenes.map(([scene, icon]) => ({
    label: t(`scene.${scene}`),
    icon,
    run: () => simulate(scene),
  }));
}
