// The two sounds, made as they are heard: a soft tap, and two for a severe case. No file is loaded,
// and each is shorter than 0.4 s.

import type { SoundView } from '../bindings/wire';

interface Tone {
  /** Seconds from now. */
  readonly at: number;
  readonly hertz: number;
  readonly seconds: number;
}

export const tones: Readonly<Record<SoundView, readonly Tone[]>> = {
  soft: [{ at: 0, hertz: 587, seconds: 0.22 }],
  severe: [
    { at: 0, hertz: 740, seconds: 0.16 },
    { at: 0.19, hertz: 988, seconds: 0.2 },
  ],
};

/** So quiet that it does not startle beside a headset; the system's volume is above it. */
const LOUDNESS = 0.12;
const RISES = 0.012;

let audio: AudioContext | undefined;

/** Plays a sound once; where there is nothing to hear with, nothing is heard. */
export function play(sound: SoundView): void {
  if (typeof AudioContext === 'undefined') return;
  audio ??= new AudioContext();
  void audio.resume();
  for (const tone of tones[sound]) strike(audio, tone);
}

function strike(context: AudioContext, { at, hertz, seconds }: Tone): void {
  const start = context.currentTime + at;
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + RISES);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + seconds);
}
