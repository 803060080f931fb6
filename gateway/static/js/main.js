// The page: a header, and one view by the part of the address after #.
import { html, render, useEffect, useState } from "./html.js";
import { ApiError, getOptions } from "./api.js";
import { t } from "./i18n.js";
import { Create } from "./views/create.js";
import { Library } from "./views/library.js";
import { Login } from "./views/login.js";
import { Run } from "./views/run.js";

const RETRY_MS = 3000;

function App() {
  const [hash, setHash] = useState(location.hash);
  const [options, setOptions] = useState(null);
  const [locked, setLocked] = useState(false);
  const [away, setAway] = useState(false);
  const [tries, setTries] = useState(0);

  useEffect(() => {
    const changed = () => { setHash(location.hash); scrollTo(0, 0); };
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);

  useEffect(() => {
    let timer = 0;
    getOptions().then(
      (found) => { setOptions(found); setLocked(false); setAway(false); },
      (error) => {
        if (error instanceof ApiError && error.status === 401) setLocked(true);
        else { setAway(true); timer = setTimeout(() => setTries(tries + 1), RETRY_MS); }
      },
    );
    return () => clearTimeout(timer);
  }, [tries]);

  if (locked) return html`<${Login} onEnter=${() => setTries(tries + 1)} />`;
  const [, place = "", id = ""] = hash.split("/");
  const view =
    place === "runs" && id ? html`<${Run} key=${id} runId=${decodeURIComponent(id)} />`
    : place === "library" ? html`<${Library} />`
    : html`<${Create} options=${options} />`;
  return html`<${Header} place=${place} options=${options} away=${away} />${view}`;
}

function Header({ place, options, away }) {
  const current = (name) => (place === name ? "page" : undefined);
  return html`<header class="top">
    <a class="mark" href="#/"><i></i>AutoShorts</a>
    <nav aria-label="AutoShorts">
      <a href="#/" aria-current=${current("")}>${t("create")}</a>
      <a href="#/library" aria-current=${current("library") || current("runs")}>${t("library")}</a>
    </nav>
    <p class=${away ? "chip away" : "chip"} role="status"><b></b><span>${away ? t("away") : services(options)}</span></p>
  </header>`;
}

function services(options) {
  const used = Object.values(options?.providers || {}).map((role) => role.provider);
  const real = used.filter((name) => !["rules", "painter", "synth", "espeak"].includes(name));
  return real.length ? t("services", { names: real.join(", ") }) : t("noKey");
}

render(html`<${App} />`, document.getElementById("app"));
