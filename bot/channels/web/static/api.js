// Asks the server, and asks again with the same key until there is an answer or no hope of one.

const PAUSES = [0.5, 2, 6, 20]; // seconds between tries
const OFFLINE_PAUSE = 15; // seconds; "online" ends it sooner
const PATIENCE = 30; // seconds for one try on a slow network
const LONGEST_WAIT = 60; // seconds of Retry-After we sit out by ourselves

export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Older phones, and plain http, have no randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What is in a file, as text that JSON can carry.
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

// Whether asking again may help: no answer (0), too many questions, or trouble at the server.
export function isPassing(answer) {
  return answer.status === 0 || answer.status === 429 || answer.status >= 500;
}

// One question. `told` hears why it takes long: "again", "waiting" or "busy"; `stop` ends everything.
// Gives {status, data, message}; status 0 means that no whole answer arrived.
export async function ask(path, body, { key, stop, told = () => {}, tries = PAUSES.length }) {
  for (let tried = 0; ; ) {
    const answer = await once(path, body, key, stop);
    if (stop.aborted || !isPassing(answer)) return answer;
    if (answer.status === 0 && navigator.onLine === false && tries > 1) {
      told("waiting");
      await pause(OFFLINE_PAUSE, stop);
    } else {
      if (tried >= tries || answer.after > LONGEST_WAIT) return answer;
      told(answer.status === 429 ? "busy" : "again");
      await pause(answer.after || PAUSES[tried], stop);
      tried += 1;
    }
    if (stop.aborted) return answer;
  }
}

async function once(path, body, key, stop) {
  const cut = new AbortController();
  const end = () => cut.abort();
  const timer = setTimeout(end, PATIENCE * 1000);
  stop.addEventListener("abort", end);
  try {
    const response = await fetch(path, {
      method: "POST",
      credentials: "same-origin",
      cache: "no-store",
      headers: {
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "Accept-Language": document.documentElement.lang, // the person's, not the browser's
      },
      body: JSON.stringify(body),
      signal: cut.signal,
    });
    const after = Number(response.headers.get("Retry-After")) || 0;
    const data = await response.json().catch(() => null);
    // An answer cut off half-way is no answer.
    const status = response.ok && data === null ? 0 : response.status;
    return { status, data, after, message: (data && data.message) || "" };
  } catch (error) {
    return { status: 0, data: null, after: 0, message: "" };
  } finally {
    clearTimeout(timer);
    stop.removeEventListener("abort", end);
  }
}

// Waits, but no longer than until the network is back.
function pause(seconds, stop) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      stop.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    addEventListener("online", end);
    stop.addEventListener("abort", end);
  });
}
