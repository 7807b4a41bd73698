/** What the device can do besides sound: keep its screen on, and be steered by a headset's buttons. */

/** Keeps the screen on while somebody is led. The browser lets go of it whenever the page is hidden. */
export class Awake {
  #lock: WakeLockSentinel | null = null;
  readonly #refused: () => void;

  /** `refused` is called where the screen cannot be kept on. */
  constructor(refused: () => void) {
    this.#refused = refused;
  }

  async stay(): Promise<void> {
    if (this.#lock !== null && !this.#lock.released) return;
    try {
      this.#lock = await navigator.wakeLock.request("screen");
    } catch {
      this.#lock = null; // no such thing here, or a battery that is nearly empty
      this.#refused();
    }
  }

  rest(): void {
    this.#lock?.release().catch(() => undefined);
    this.#lock = null;
  }
}

/** Buttons of a headset or a locked screen, where the browser passes them on. */
export function steerBy(acts: Readonly<Partial<Record<MediaSessionAction, () => void>>>, signal: AbortSignal): void {
  const session: MediaSession | undefined = navigator.mediaSession;
  for (const [name, act] of Object.entries(acts) as [MediaSessionAction, () => void][]) {
    try {
      session?.setActionHandler(name, act);
      signal.addEventListener("abort", () => session?.setActionHandler(name, null));
    } catch {
      // this browser does not know the button
    }
  }
}
