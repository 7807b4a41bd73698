/** The browser's own voice: an extra that nothing waits for. Only voices of the device speak: they need no network. */

function localVoice(): SpeechSynthesisVoice | undefined {
  const language = document.documentElement.lang.slice(0, 2) || "en";
  const own = speechSynthesis.getVoices().filter((voice) => voice.localService && voice.lang.startsWith(language));
  return own.find((voice) => voice.lang === "en-GB") ?? own[0];
}

export function hasVoice(): boolean {
  return "speechSynthesis" in window;
}

/** Say some sentences, in place of what is still being said. */
export function speak(sentences: readonly string[]): void {
  if (!hasVoice()) return;
  speechSynthesis.cancel();
  const voice = localVoice();
  if (voice === undefined) return;
  // Spoken at once after cancel(), the first sentence can be lost.
  setTimeout(() => {
    for (const words of sentences) {
      const said = new SpeechSynthesisUtterance(words);
      said.voice = voice;
      said.lang = voice.lang;
      speechSynthesis.speak(said);
    }
  }, 60);
}

export function hush(): void {
  if (hasVoice()) speechSynthesis.cancel();
}
