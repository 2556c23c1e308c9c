// What this tab remembers until it closes (the conversation), and this device for longer (the text size).

const PREFIX = "hocvuso.";

// Storage may be full or forbidden: the page then simply remembers nothing.
function quietly(act) {
  try {
    return act();
  } catch (error) {
    return null;
  }
}

export function recall(key, otherwise) {
  const kept = quietly(() => JSON.parse(sessionStorage.getItem(PREFIX + key)));
  return kept === null ? otherwise : kept;
}

export function keep(key, value) {
  quietly(() => sessionStorage.setItem(PREFIX + key, JSON.stringify(value)));
}

export function forgetTab() {
  quietly(() => sessionStorage.clear());
}

export function recallDevice(key) {
  return quietly(() => localStorage.getItem(PREFIX + key));
}

export function keepDevice(key, value) {
  quietly(() => localStorage.setItem(PREFIX + key, value));
}

// Tells the other tabs of this browser that the person has left, and hears it from them.
export function tellLeft() {
  keepDevice("left", String(Date.now()));
}

export function onLeftElsewhere(act) {
  addEventListener("storage", (event) => {
    if (event.key === PREFIX + "left") act();
  });
}
