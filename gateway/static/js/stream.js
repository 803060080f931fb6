// One EventSource for the run on screen: comes back by itself, and after the browser has given up.
import { getRunIfChanged, runUrl } from "./api.js";

const TYPES = ["snapshot", "reset", "state", "understood", "plan", "asset", "log", "degraded", "qa", "progress", "ended", "bye"];
export const TIMES = { hidden: 60_000, silence: 45_000, retry: 1000, longest: 30_000 };

// Calls onEvent(event), onLink("live" | "waiting"). Returns a function that closes it.
export function follow(runId, onEvent, onLink) {
  let source = null;
  let lastId = "";
  let etag = null;
  let newest = 0;
  let retryMs = TIMES.retry;
  let ended = false;
  const timers = {};
  // Browsers allow six connections to one origin over all tabs: when a tab opens its stream, those
  // nobody looks at give theirs up at once instead of after a minute.
  const tabs = new BroadcastChannel("autoshorts.streams");

  function after(name, ms, then) {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(then, ms);
  }

  function open() {
    close();
    const from = lastId ? `?last_event_id=${encodeURIComponent(lastId)}` : "";
    source = new EventSource(`${runUrl(runId)}/events${from}`);
    source.onopen = () => { retryMs = TIMES.retry; onLink("live"); };
    source.onerror = () => {
      onLink("waiting");
      if (source?.readyState === EventSource.CLOSED) again();
    };
    for (const type of TYPES) source.addEventListener(type, receive);
    tabs.postMessage("opened");
    after("silence", TIMES.silence, look);
  }

  function receive(message) {
    if (message.lastEventId) lastId = message.lastEventId;
    const event = JSON.parse(message.data);
    newest = Math.max(newest, Date.parse(event.at || event.run?.updated_at) || 0);
    after("silence", TIMES.silence, look);
    if (event.type === "ended") { ended = true; close(); }
    onEvent(event);
  }

  // A line may be dead without a sign, and a browser does not show pings: after a long silence
  // the run is asked for, and where it has gone on the stream is opened anew.
  async function look() {
    const mine = source;
    try {
      const found = await getRunIfChanged(runId, etag);
      etag = found.etag;
      if (source === mine && found.run && Date.parse(found.run.updated_at) > newest) open();
      else if (source === mine) after("silence", TIMES.silence, look);
    } catch {
      if (source === mine) { onLink("waiting"); again(); }
    }
  }

  function again() {
    close();
    after("retry", retryMs * (0.75 + Math.random() / 2), open);
    retryMs = Math.min(retryMs * 2, TIMES.longest);
  }

  function close() {
    clearTimeout(timers.retry);
    clearTimeout(timers.silence);
    source?.close();
    source = null;
  }

  function onVisibility() {
    if (document.hidden) { after("hidden", TIMES.hidden, close); return; }
    clearTimeout(timers.hidden);
    if (!source && !ended) open();
  }

  tabs.onmessage = () => { if (document.hidden) close(); };
  const onOnline = () => { if (!ended && !document.hidden) open(); };
  document.addEventListener("visibilitychange", onVisibility);
  addEventListener("online", onOnline);
  if (!document.hidden) open();
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    removeEventListener("online", onOnline);
    clearTimeout(timers.hidden);
    tabs.close();
    close();
  };
}
