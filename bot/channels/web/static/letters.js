// Hears the replies that the bot sends later, and goes on after the last one heard.

const FIRST_PAUSE = 2; // seconds
const LONGEST_PAUSE = 60;
const CLOSED = 2; // EventSource.CLOSED: the browser will not try again by itself

// `take(reply, id)` is called for each letter. Gives `close()`.
export function listen(last, take) {
  let source = null;
  let timer = 0;
  let wait = FIRST_PAUSE;

  function open() {
    clearTimeout(timer);
    if (source) source.close();
    source = new EventSource("/api/chat/events" + (last ? "?after=" + encodeURIComponent(last) : ""));
    source.onopen = () => { wait = FIRST_PAUSE; };
    source.onmessage = heard;
    source.onerror = () => { if (source.readyState === CLOSED) openLater(); };
  }

  function heard(event) {
    let reply;
    try {
      reply = JSON.parse(event.data);
    } catch (error) {
      return; // A line that is not JSON is not for us; the next one may be.
    }
    if (Number(event.lastEventId) > Number(last)) last = event.lastEventId;
    take(reply, last);
  }

  function openLater() {
    clearTimeout(timer);
    // A little chance keeps a whole class from coming back in the same second.
    timer = setTimeout(open, wait * (0.75 + Math.random() / 2) * 1000);
    wait = Math.min(wait * 2, LONGEST_PAUSE);
  }

  if (!window.EventSource) return { close() {} };
  // After a change of network the old connection may hang for minutes.
  addEventListener("online", open);
  open();
  return {
    close() {
      removeEventListener("online", open);
      clearTimeout(timer);
      source.close();
    },
  };
}
