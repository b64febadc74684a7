// One clock for all timers: it ticks once a second, and rests while the window is hidden.

class Clock {
  /** Milliseconds since the Unix epoch, as of the last tick. */
  now = $state(Date.now());

  /** Starts ticking; returns how to stop. */
  start(): () => void {
    const tick = () => {
      if (!document.hidden) this.now = Date.now();
    };
    tick();
    const timer = setInterval(tick, 1000);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }
}

export const clock = new Clock();
