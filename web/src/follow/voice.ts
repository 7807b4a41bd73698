/** The browser's own voice: an extra that nothing waits for. Only voices of the device speak: they need no network. */

import { languageHere } from "../dom.ts";

function localVoice(): SpeechSynthesisVoice | undefined {
  const language = languageHere().slice(0, 2) || "en";
  const own = speechSynthesis.getVoices().filter((voice) => voice.localService && voice.lang.startsWith(language));
  return own.find((voice) => voice.lang === "en-GB") ?? own[0];
}

export function hasVoice(): boolean {
  return "speechSynthesis" in window;
}

/** How many sentences are still to be heard, and which call of `speak` they belong to. */
let waiting = 0;
let asked = 0;

/** Whether something is being said; what nobody hears (a voice that never begins) counts for nothing. */
export function isSpeaking(): boolean {
  return waiting > 0 && hasVoice() && speechSynthesis.speaking;
}

/** Say some sentences, in place of what is still being said. */
export function speak(sentences: readonly string[]): void {
  if (!hasVoice()) return;
  hush();
  const voice = localVoice();
  if (voice === undefined) return;
  const mine = asked;
  const over = (): void => {
    if (mine === asked) waiting -= 1;
  };
  // Spoken at once after cancel(), the first sentence can be lost.
  setTimeout(() => {
    if (mine !== asked) return;
    waiting = sentences.length;
    for (const words of sentences) {
      const said = new SpeechSynthesisUtterance(words);
      said.voice = voice;
      said.lang = voice.lang;
      said.onend = said.onerror = over;
      speechSynthesis.speak(said);
    }
  }, 60);
}

export function hush(): void {
  asked += 1;
  waiting = 0;
  if (hasVoice()) speechSynthesis.cancel();
}
