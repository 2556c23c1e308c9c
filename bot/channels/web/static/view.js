// Draws the conversation; what people and the bot say goes in as text nodes, never as HTML.

import { showButtons, toggle } from "./voice.js";
import { word } from "./words.js";

const LINK = /https?:\/\/[^\s<>"'“”]+/gi;
const NEAR = 120; // px from the end that still count as "reading the newest"
const AT_ONCE = 300; // ms in which a sent message needs no "sending" line
const SVG = "http://www.w3.org/2000/svg";
const SPEAKER = "M4 9v6h4l5 4V5L8 9zm12.5 3a4 4 0 0 0-2-3.5v7a4 4 0 0 0 2-3.5zm-2-8v2a6.5 6.5 0 0 1 0 12v2a8.5 8.5 0 0 0 0-16z";
const SHEET = "M5 2h9l5 5v15H5zm8 1.5V8h4.5zM8 12v1.5h8V12zm0 4v1.5h8V16z";
const MARK = "M12 2 1 21h22zm-1 7h2v6h-2zm0 8h2v2h-2z";

export const field = document.getElementById("text");
const log = document.getElementById("log");
const attach = document.getElementById("attach");
const door = document.getElementById("door");
const newest = document.getElementById("newest");
const offline = document.getElementById("offline");
const leave = document.getElementById("leave");
const header = document.querySelector("header");
const footer = document.querySelector("footer");
const nodes = new Map();
let unseen = null;
let shown = []; // what to keep in sight while its pictures arrive
let act = { choose() {}, resend() {} };

// `choose(choice)` and `resend(item)` are what the buttons in the conversation do.
export function connect(acts) {
  act = acts;
  newest.addEventListener("click", readOn);
  for (const hand of ["wheel", "touchmove", "keydown"]) addEventListener(hand, () => { shown = []; }, { passive: true });
  addEventListener("scroll", () => { if (below() < 24) newest.hidden = true; }, { passive: true });
}

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function drawing(path) {
  const svg = document.createElementNS(SVG, "svg");
  const shape = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

// An address of a picture, a voice or a page; anything but http(s) is nothing.
function address(text) {
  try {
    const url = new URL(text, location.href);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch (error) {
    return null;
  }
}

function link(href, text) {
  return make("a", { href, rel: "noopener noreferrer", target: "_blank" }, text);
}

// Words with their http(s) addresses as links; the full stop after an address is not part of it.
function linked(text) {
  const parts = document.createDocumentFragment();
  let done = 0;
  for (let found = LINK.exec(text); found; found = LINK.exec(text)) {
    let shown = found[0].replace(/[.,;:!?…\]}]+$/, "");
    if (!shown.includes("(")) shown = shown.replace(/\).*$/, "");
    const href = address(shown);
    if (!href) continue;
    parts.append(text.slice(done, found.index), link(href, shown));
    done = found.index + shown.length;
  }
  parts.append(text.slice(done));
  return parts;
}

function media(one, text) {
  const url = address(one.url);
  const alt = one.alt || "";
  if (!url) return make("p", { class: "alt" }, alt);
  if (one.kind === "picture") return picture(url, alt, text);
  if (one.kind === "voice") {
    const player = make("audio", { src: url, controls: "", preload: "none", "aria-label": alt });
    return make("figure", { class: one.human ? "human" : "machine" }, player, make("figcaption", {}, alt));
  }
  return make("p", {}, sheet(url, drawing(SHEET), alt || word("document")));
}

// A picture opens whole. One that only says once more what stands above it stays small, and its words are not
// read out twice.
function picture(url, alt, text) {
  const again = alt && text.includes(alt);
  const image = make("img", { src: url, alt: again ? "" : alt, loading: "lazy" });
  image.addEventListener("load", () => show(shown, true));
  return make("p", {}, again ? sheet(url, image, word("card")) : link(url, image));
}

// A line to press: what opens, and its name.
function sheet(url, mark, name) {
  const opens = link(url, mark);
  opens.className = "sheet";
  opens.append(make("span", {}, name));
  return opens;
}

function listenButton(text) {
  const button = make("button", { type: "button", class: "listen" }, drawing(SPEAKER), make("span", {}, word("listen")));
  button.addEventListener("click", () => toggle(button, text));
  return button;
}

function draw(item) {
  const kind = item.who === "me" ? "me" : item.notice ? "bot notice" : "bot";
  const bubble = make("div", { class: "bubble" });
  if (item.notice) bubble.append(make("p", { class: "heading" }, drawing(MARK), word("notice")));
  bubble.append(make("p", { class: "words" }, make("span", { class: "sr" }, word(item.who) + " "), linked(item.text)));
  for (const one of item.media || []) bubble.append(media(one, item.text));
  const recorded = (item.media || []).some((one) => one.human);
  if (item.who === "bot" && item.text && !recorded) bubble.append(listenButton(item.text));
  return make("article", { class: "message " + kind, tabindex: "-1" }, bubble);
}

// Adds one message at the end.
export function add(item) {
  const node = draw(item);
  nodes.set(item, node);
  log.append(node);
  showButtons();
  if (item.who === "me") mark(item, item.state);
}

export function remove(item) {
  const node = nodes.get(item);
  if (node) node.remove();
  nodes.delete(item);
}

// Draws everything anew without reading it all aloud.
export function redraw(items) {
  log.setAttribute("aria-live", "off");
  for (const item of Array.from(nodes.keys())) remove(item);
  items.forEach(add);
  setTimeout(() => log.setAttribute("aria-live", "polite"), items.length ? 500 : 0);
}

// Says under a person's message how its sending goes; "sent" needs no words.
export function mark(item, state) {
  const node = nodes.get(item);
  if (!node) return;
  const old = node.querySelector(".state");
  if (old) old.remove();
  node.dataset.state = state;
  if (state === "sent") return;
  if (state === "sending" && !old) {
    setTimeout(() => { if (node.dataset.state === "sending" && !node.querySelector(".state")) node.append(stateLine(item, state)); }, AT_ONCE);
  } else {
    node.append(stateLine(item, state));
  }
}

function stateLine(item, state) {
  const line = make("p", { class: "state" }, word(state));
  if (state !== "failed" && state !== "refused") return line;
  line.prepend(drawing(MARK));
  if (state === "failed") {
    const button = make("button", { type: "button" }, word("resend"));
    button.addEventListener("click", () => act.resend(item));
    line.append(button);
  }
  return line;
}

// Puts buttons under exactly these messages; all other buttons go away.
export function offer(items) {
  for (const [item, node] of nodes) {
    const list = node.querySelector(".choices");
    if (list && !items.includes(item)) list.remove();
    if (!list && items.includes(item)) node.append(choices(item));
  }
}

function choices(item) {
  const list = make("ul", { class: "choices", "aria-label": word("choices") });
  for (const choice of item.choices) {
    const button = make("button", { type: "button" }, choice.label);
    button.addEventListener("click", () => act.choose(choice));
    list.append(make("li", {}, button));
  }
  return list;
}

// Where a pressed button was, nothing is left to stand on: the person's own new message is next to
// the answer to come, and opens no keyboard over it.
export function standOn(item) {
  nodes.get(item).focus({ preventScroll: true });
}

function end() {
  return document.scrollingElement;
}

function below() {
  return end().scrollHeight - end().scrollTop - innerHeight;
}

export function isAtEnd() {
  return below() < NEAR;
}

export function toEnd() {
  end().scrollTop = end().scrollHeight;
}

function room() {
  return innerHeight - header.offsetHeight - footer.offsetHeight;
}

function toTop(node) {
  end().scrollTop = node.offsetTop - header.offsetHeight - 8;
}

// To the first message not seen yet, or one screen down in a long one.
function readOn() {
  if (unseen) toTop(unseen);
  else scrollBy(0, (room() - newest.offsetHeight) * 0.85);
  (unseen || log.lastElementChild).focus({ preventScroll: true });
  unseen = null;
  newest.hidden = below() < 24;
}

// Shows new messages: from the first one's beginning, and a button to read on, when they are longer
// than the screen. Somebody who reads further up is not pulled away, only told.
export function show(items, follow) {
  const first = nodes.get(items[0]);
  if (!first) return;
  if (!follow) {
    unseen = unseen || first;
    newest.hidden = false;
    return;
  }
  unseen = null;
  shown = items;
  const tall = log.offsetTop + log.offsetHeight - first.offsetTop;
  if (tall > room()) toTop(first);
  else toEnd();
  newest.hidden = tall <= room();
}

export function showAttach(is) {
  attach.hidden = !is;
}

// A file is chosen with the paper clip, or dropped anywhere on the page.
export function onFile(take) {
  const chosen = attach.querySelector("input");
  chosen.addEventListener("change", () => {
    take(chosen.files[0]);
    chosen.value = "";
  });
  const holdsFile = (event) => !attach.hidden && event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
  addEventListener("dragover", (event) => { if (holdsFile(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
}

export function tellOffline(is) {
  offline.textContent = is ? word("offline") : "";
}

// The door is what one sees while there is no conversation: a line, and perhaps a button.
export function shut(line, label, open) {
  door.textContent = "";
  door.hidden = false;
  door.append(make("p", {}, line));
  footer.hidden = leave.hidden = Boolean(open);
  if (!open) return;
  const button = make("button", { type: "button" }, label);
  button.addEventListener("click", open);
  door.append(button);
  button.focus();
}

export function openDoor() {
  door.hidden = true;
  footer.hidden = leave.hidden = false;
}

export function grow() {
  const stay = isAtEnd();
  field.style.height = "auto";
  field.style.height = field.scrollHeight + 4 + "px";
  if (stay) toEnd();
}

export function resize(size) {
  const stay = isAtEnd();
  document.documentElement.dataset.size = size;
  for (const button of document.querySelectorAll(".sizes button")) {
    button.setAttribute("aria-pressed", String(button.dataset.size === size));
  }
  grow();
  if (stay) toEnd();
}
