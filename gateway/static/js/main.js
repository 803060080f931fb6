// The page: a header, and one view by the part of the address after #.
import { html, render, useEffect, useState } from "./html.js";
import { ApiError, getOptions, getReady } from "./api.js";
import { Header } from "./parts/header.js";
import { Shortcuts } from "./parts/shortcuts.js";
import { View } from "./views.js";

const RETRY_MS = 3000;
const UNWELL_MS = 5000;
const WELL_MS = 20_000;

function App() {
  const [hash, setHash] = useState(location.hash);
  const [options, setOptions] = useState(null);
  const [locked, setLocked] = useState(false);
  const [tries, setTries] = useState(0);
  const health = useHealth();

  useEffect(() => {
    const changed = () => { setHash(location.hash); scrollTo(0, 0); };
    const lock = () => setLocked(true);
    addEventListener("hashchange", changed);
    addEventListener("locked", lock);
    return () => { removeEventListener("hashchange", changed); removeEventListener("locked", lock); };
  }, []);

  useEffect(() => {
    let timer = 0;
    getOptions().then(
      (found) => { setOptions(found); setLocked(false); },
      (error) => { if (error.status !== 401) timer = setTimeout(() => setTries(tries + 1), RETRY_MS); },
    );
    return () => clearTimeout(timer);
  }, [tries]);

  if (locked) return html`<${View} key="login" name="login" onEnter=${() => setTries(tries + 1)} />`;
  const [, place = "", id = ""] = hash.split("/");
  const view =
    place === "runs" && id ? html`<${View} key=${id} name="run" runId=${decoded(id)} />`
    : place === "library" ? html`<${View} key="library" name="library" />`
    : html`<${View} key="create" name="create" options=${options} />`;
  return html`<${Header} place=${place} options=${options} health=${health} />${view}<${Shortcuts} />`;
}

function decoded(id) {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

// "well", "idle" (no worker polls) or "away" (the gateway or Temporal does not answer).
function useHealth() {
  const [health, setHealth] = useState("well");
  useEffect(() => {
    let timer = 0;
    async function look() {
      if (document.hidden) return;
      clearTimeout(timer);
      const found = await getReady().then(() => "well", (error) =>
        error instanceof ApiError && error.title === "no worker" ? "idle" : "away");
      setHealth(found);
      timer = setTimeout(look, found === "well" ? WELL_MS : UNWELL_MS);
    }
    look();
    document.addEventListener("visibilitychange", look);
    return () => { clearTimeout(timer); document.removeEventListener("visibilitychange", look); };
  }, []);
  return health;
}

render(html`<${App} />`, document.getElementById("app"));
