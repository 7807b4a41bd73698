/** What a phone allows only in the tap itself, before anything else has been fetched: to begin to sound and to speak. */

/** The sound of the session, awake, or null where the browser has none. */
export function wake(): AudioContext | null {
  try {
    if (localStorage.getItem("kinopress.sounds")?.includes('"voice":true')) {
      const nothing = new SpeechSynthesisUtterance(" ");
      nothing.volume = 0;
      speechSynthesis.speak(nothing);
    }
  } catch {
    // nothing is kept, or nothing speaks
  }
  return "AudioContext" in window ? new AudioContext() : null;
}
