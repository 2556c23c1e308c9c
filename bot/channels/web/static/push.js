// Reminders that reach a closed page: asks once, and tells the server where this browser is reached.

import { ask, newKey } from "./api.js";
import { keepDevice, recallDevice } from "./memory.js";

const bar = document.getElementById("push");

function isPossible() {
  return window.isSecureContext && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

// Offers it to whoever has not said no; where it was allowed before, the person now speaking takes it over.
export function offerPush(stop, mayAsk = true) {
  if (!isPossible() || Notification.permission === "denied") return;
  if (Notification.permission === "granted") {
    subscribe(stop);
    return;
  }
  if (mayAsk && recallDevice("push") !== "no") bar.hidden = false;
}

export function setUpPush(stop) {
  document.getElementById("push-yes").addEventListener("click", async () => {
    bar.hidden = true;
    if ((await Notification.requestPermission()) === "granted") subscribe(stop());
    else keepDevice("push", "no");
  });
  document.getElementById("push-no").addEventListener("click", () => {
    bar.hidden = true;
    keepDevice("push", "no");
  });
}

async function subscribe(stop) {
  try {
    const response = await fetch("/api/chat/push", { cache: "no-store" });
    if (!response.ok) return;
    const { key } = await response.json();
    const worker = await navigator.serviceWorker.register("/sw.js");
    const known = await worker.pushManager.getSubscription();
    const options = { userVisibleOnly: true, applicationServerKey: bytes(key) };
    const subscription = known || (await worker.pushManager.subscribe(options));
    await ask("/api/chat/push", { subscription: subscription.toJSON() }, { key: newKey(), stop, tries: 1 });
  } catch (error) {
    // No push service, or none in reach: the letters wait on the page as before.
  }
}

// Nobody's reminders may reach this browser any more.
export async function forgetPush() {
  bar.hidden = true;
  if (!isPossible()) return;
  try {
    const worker = await navigator.serviceWorker.getRegistration("/");
    const subscription = worker && (await worker.pushManager.getSubscription());
    if (subscription) await subscription.unsubscribe();
  } catch (error) {
    // Without a subscription there is nothing to end.
  }
}

function bytes(base64url) {
  const text = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
