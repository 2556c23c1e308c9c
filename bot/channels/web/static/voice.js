// Reads a message aloud, where the device has a voice for the page's language; elsewhere plays the built one.

import { language, word } from "./words.js";

const synthesis = window.speechSynthesis;
let speaking = null;

function voice() {
  if (!synthesis) return undefined;
  return synthesis.getVoices().find((one) => one.lang.toLowerCase().startsWith(language()));
}

// Shows the buttons where there is a voice; where there is none, the players of what a machine said.
export function showButtons() {
  const none = !voice();
  for (const button of document.querySelectorAll(".listen")) button.hidden = none;
  for (const player of document.querySelectorAll(".machine")) player.hidden = !none;
}

// One voice at a time: all others stop.
export function quiet(but) {
  for (const player of document.querySelectorAll("audio")) if (player !== but) player.pause();
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

addEventListener("play", (event) => quiet(event.target), true);

// Phones load their voices late.
if (synthesis && synthesis.addEventListener) synthesis.addEventListener("voiceschanged", showButtons);
