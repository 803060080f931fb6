// One EventSource for the run on screen: comes back by itself, and after the browser has given up.
const TYPES = ["snapshot", "reset", "state", "plan", "asset", "log", "degraded", "qa", "progress", "ended", "bye"];
const HIDDEN_MS = 60_000;
const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 30_000;

// Calls onEvent(event), onLink("live" | "waiting"). Returns a function that closes it.
export function follow(runId, onEvent, onLink) {
  const url = `/api/runs/${encodeURIComponent(runId)}/events`;
  let source = null;
  let lastId = "";
  let retryMs = FIRST_RETRY_MS;
  let timer = 0;
  let hiddenTimer = 0;
  let ended = false;

  function open() {
    clearTimeout(timer);
    source = new EventSource(lastId ? `${url}?last_event_id=${encodeURIComponent(lastId)}` : url);
    source.onopen = () => { retryMs = FIRST_RETRY_MS; onLink("live"); };
    source.onerror = () => {
      onLink("waiting");
      if (!ended && source && source.readyState === EventSource.CLOSED) again();
    };
    for (const type of TYPES) source.addEventListener(type, receive);
  }

  function receive(message) {
    if (message.lastEventId) lastId = message.lastEventId;
    const event = JSON.parse(message.data);
    if (event.type === "ended") { ended = true; close(); }
    onEvent(event);
  }

  function again() {
    close();
    timer = setTimeout(open, retryMs * (0.75 + Math.random() / 2));
    retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
  }

  function close() {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
  }

  // Browsers allow six connections to one origin over all tabs: a hidden page lets go of its own.
  function onVisibility() {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = setTimeout(close, HIDDEN_MS);
    else if (!source && !ended) open();
  }

  document.addEventListener("visibilitychange", onVisibility);
  open();
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    clearTimeout(hiddenTimer);
    close();
  };
}
