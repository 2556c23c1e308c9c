// Reads a message aloud, only where the device has a voice for the page's language.

import { language, word } from "./words.js";

const synthesis = window.speechSynthesis;
let speaking = null;

function voice() {
  if (!synthesis) return undefined;
  return synthesis.getVoices().find((one) => one.lang.toLowerCase().startsWith(language()));
}

// Shows the buttons where there is a voice, and hides them where there is none.
export function showButtons() {
  const none = !voice();
  for (const button of document.querySelectorAll(".listen")) button.hidden = none;
}

export function quiet() {
  if (synthesis) synthesis.cancel();
  if (speaking) speaking.lastChild.textContent = word("listen");
  speaking = null;
}

export function toggle(button, text) {
  const again = speaking === button;
  quiet();
  if (again) return;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice();
  utterance.lang = utterance.voice.lang;
  utterance.rate = 0.9;
  utterance.onend = () => { if (speaking === button) quiet(); };
  speaking = button;
  button.lastChild.textContent = word("quiet");
  synthesis.speak(utterance);
}

// Phones load their voices late.
if (synthesis && synthesis.addEventListener) synthesis.addEventListener("voiceschanged", showButtons);
