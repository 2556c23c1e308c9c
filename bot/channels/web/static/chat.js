// The conversation in this tab: what was said, what is still to send, and who is told.

import { ask, base64, isPassing, newKey } from "./api.js";
import { listen } from "./letters.js";
import { forgetTab, keep, keepDevice, onLeftElsewhere, recall, recallDevice, tellLeft } from "./memory.js";
import { forgetPush, offerPush, setUpPush } from "./push.js";
import * as view from "./view.js";
import { quiet, showButtons } from "./voice.js";
import { turnTo, word } from "./words.js";

const MOST = 100; // messages this tab remembers
const MOST_FILE = 1000000; // bytes

// A message is {who: "me", key, text, choice?, state} or {who: "bot", id, text, choices, media, notice?}.
// The state of the person's own goes from "sending" to "sent", "failed" (send again) or "refused".
let log = recall("log", []);
let started = recall("started", false);
let stop = new AbortController();
let letters = null;
let delivering = false;
const seen = new Set(log.map((item) => item.id));

// What is in a file is sent, and not kept.
function write() {
  keep("log", log.map((item) => (item.file ? { ...item, file: { name: item.file.name } } : item)));
}

function add(item) {
  log.push(item);
  view.add(item);
  const oldest = log.find((one) => one.state !== "sending" && one.state !== "failed");
  if (log.length > MOST && oldest) {
    log.splice(log.indexOf(oldest), 1);
    view.remove(oldest);
  }
}

function change(item, state) {
  item.state = state;
  view.mark(item, state);
}

// Buttons live until the person answers; a refused message was no answer.
function offer() {
  const live = [];
  for (let at = log.length - 1; at >= 0; at -= 1) {
    const item = log[at];
    if (item.who === "me" && item.state !== "refused") break;
    if (item.choices && item.choices.length) live.push(item);
  }
  view.offer(live);
}

// Takes in what the bot said, each reply once.
function take(replies = [], mayPull) {
  const follow = mayPull || view.isAtEnd();
  const fresh = [];
  for (const reply of replies) {
    if (reply.id !== undefined && seen.has(reply.id)) continue;
    seen.add(reply.id);
    fresh.push({ who: "bot", id: reply.id, text: reply.text || "", choices: reply.choices || [], media: reply.media || [] });
  }
  fresh.forEach(add);
  offer();
  view.show(fresh, follow);
  write();
  return fresh;
}

function notice(text) {
  const item = { who: "bot", text, notice: true };
  add(item);
  view.show([item], true);
}

// The page follows the person's language, and their text size when it changes.
function follow(you) {
  if (!you) return;
  keep("locale", you.locale);
  keep("takes_files", Boolean(you.takes_files));
  view.showAttach(Boolean(you.takes_files));
  if (turnTo(you.locale)) {
    view.redraw(log);
    offer();
  }
  if (you.text_size && you.text_size !== (recallDevice("their_size") || "normal")) setSize(you.text_size);
  keepDevice("their_size", you.text_size || "normal");
}

function setSize(size) {
  keepDevice("size", size);
  view.resize(size);
}

// `pressed` is true when the person came in by a button, which is gone once they are in.
async function begin(pressed) {
  const mine = stop;
  const join = recall("join", "");
  view.shut(word("opening"));
  const answer = await ask("/api/chat/start", join ? { join } : {}, { key: newKey(), stop: mine.signal });
  if (mine !== stop) return;
  if (!isPassing(answer)) keep("join", "");
  if (answer.status !== 200) {
    view.shut(answer.message || word("closed"), word("retry"), () => begin(true));
    return;
  }
  started = true;
  keep("started", true);
  enter();
  follow(answer.data.you);
  const fresh = take(answer.data.replies, true);
  if (pressed && fresh.length) view.standOn(fresh[0]);
  deliver();
  offerPush(stop.signal, false);
}

function enter() {
  view.tellOffline(false);
  view.openDoor();
  if (letters) letters.close();
  letters = listen(recall("last", ""), (reply, id) => {
    keep("last", id);
    take([reply], false);
    offerPush(stop.signal);
  });
}

function say(text, choice, file) {
  const item = { who: "me", key: newKey(), text, state: "sending" };
  if (file) item.file = file;
  if (choice !== undefined) item.choice = choice;
  quiet();
  add(item);
  offer();
  write();
  view.show([item], true);
  deliver();
  return item;
}

// A file goes like any other message; only its name is shown and kept.
async function sendFile(file) {
  if (!file || !recall("takes_files", false)) return;
  if (file.size > MOST_FILE) {
    notice(word("tooBig"));
    return;
  }
  let data;
  try {
    data = await base64(file);
  } catch (error) {
    notice(word("unreadable"));
    return;
  }
  view.standOn(say("📎 " + file.name, undefined, { name: file.name, data }));
}

// Sends the oldest waiting message, then the next: one at a time, in order.
async function deliver() {
  const item = log.find((one) => one.state === "sending");
  if (delivering || !started || !item) return;
  const mine = stop;
  delivering = true;
  const told = (state) => view.mark(item, state);
  const path = item.file ? "/api/chat/file" : "/api/chat/say";
  const answer = await ask(path, bodyOf(item), { key: item.key, stop: mine.signal, told });
  if (mine !== stop) return;
  delivering = false;
  settle(item, answer);
  write();
  deliver();
}

function bodyOf(item) {
  if (item.file) return item.file;
  return item.choice === undefined ? { text: item.text } : { choice: item.choice };
}

function settle(item, answer) {
  if (answer.status === 200) {
    view.tellOffline(false);
    change(item, "sent");
    follow(answer.data.you);
    take(answer.data.replies, true);
  } else if (answer.status === 401) {
    startAgain(item, answer);
  } else if (isPassing(answer)) {
    // What waits behind it would arrive out of order.
    for (const one of log) if (one.state === "sending") change(one, "failed");
    if (answer.message) notice(answer.message);
  } else {
    refuse(item, answer);
  }
}

// The server understood and said no: an old button (409) is done with, other words come back to be changed.
function refuse(item, answer) {
  change(item, answer.status === 409 ? "sent" : "refused");
  if (answer.status !== 409) giveBack(item);
  notice(answer.message || word("refusal"));
  offer();
}

function giveBack(item) {
  if (item.choice !== undefined || item.file || view.field.value) return;
  view.field.value = item.text;
  keep("draft", item.text);
  view.grow();
}

// The server does not know this person any more: nothing of theirs stays, but the words being sent do.
function startAgain(item, answer) {
  forget();
  giveBack(item);
  if (answer.message) notice(answer.message);
  begin(false);
}

function resend(item) {
  log.splice(log.indexOf(item), 1);
  view.remove(item);
  item.state = "sending";
  log.push(item);
  view.add(item);
  view.standOn(item);
  offer();
  write();
  view.show([item], true);
  deliver();
}

function forget() {
  stop.abort();
  stop = new AbortController();
  delivering = false;
  started = false;
  if (letters) letters.close();
  letters = null;
  log = [];
  seen.clear();
  quiet();
  forgetTab();
  view.showAttach(false);
  view.redraw(log);
  view.field.value = "";
  view.grow();
}

function shutDoor() {
  forget();
  forgetPush();
  view.shut(word("gone"), word("begin"), () => begin(true));
}

function setUpLeaving() {
  const dialog = document.getElementById("leaving");
  const news = document.getElementById("leaving-news");
  const leave = document.getElementById("leave-now");
  const close = () => (dialog.close ? dialog.close() : dialog.removeAttribute("open"));
  document.getElementById("leave").addEventListener("click", () => {
    news.textContent = "";
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute("open", "");
  });
  document.getElementById("stay").addEventListener("click", close);
  leave.addEventListener("click", async () => {
    leave.disabled = true;
    const answer = await ask("/api/chat/leave", {}, { key: newKey(), stop: stop.signal, tries: 1 });
    leave.disabled = false;
    if (answer.status !== 200 && answer.status !== 401) {
      news.textContent = word("leaveFailed");
      return;
    }
    close();
    tellLeft();
    shutDoor();
  });
  onLeftElsewhere(shutDoor);
}

function setUpForm() {
  const form = document.getElementById("say");
  let shift = false;
  const submit = () => {
    const text = view.field.value.trim();
    view.field.focus();
    if (!text) return;
    view.field.value = "";
    keep("draft", "");
    view.grow();
    say(text);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  view.field.addEventListener("keydown", (event) => { shift = event.shiftKey; });
  // Enter arrives as a line break on every keyboard, also on those of phones that name no key.
  view.field.addEventListener("beforeinput", (event) => {
    if (shift || event.inputType !== "insertLineBreak" || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  view.field.addEventListener("input", () => {
    keep("draft", view.field.value);
    view.grow();
  });
}

function setUpFiles() {
  view.onFile(sendFile);
  // The tab was closed before the file arrived: it has to be chosen again.
  for (const item of log) {
    if (item.file && !item.file.data && (item.state === "sending" || item.state === "failed")) item.state = "refused";
  }
  view.showAttach(recall("takes_files", false));
}

function takeInvitation() {
  const join = new URLSearchParams(location.search).get("join");
  if (join === null) return;
  keep("join", join);
  keep("started", false);
  started = false;
  history.replaceState(null, "", location.pathname + location.hash);
}

function open() {
  view.connect({ choose: (choice) => view.standOn(say(choice.label, choice.value)), resend });
  turnTo(recall("locale", "vi"));
  view.resize(recallDevice("size") || "normal");
  for (const button of document.querySelectorAll(".sizes button")) {
    button.addEventListener("click", () => setSize(button.dataset.size));
  }
  view.field.value = recall("draft", "");
  view.grow();
  setUpForm();
  setUpLeaving();
  setUpFiles();
  setUpPush(() => stop.signal);
  addEventListener("online", () => view.tellOffline(false));
  addEventListener("offline", () => view.tellOffline(true));
  view.tellOffline(navigator.onLine === false);
  takeInvitation();
  view.redraw(log);
  offer();
  if (started) {
    enter();
    view.toEnd();
    deliver();
    offerPush(stop.signal);
  } else {
    begin(false);
  }
  showButtons();
}

open();
