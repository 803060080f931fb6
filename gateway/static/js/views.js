// The views, each fetched with its looks when it is first gone to.
import { html, useEffect, useState } from "./html.js";
import { learn } from "./i18n.js";

const VIEWS = {
  create: [() => Promise.all([import("./views/create.js"), learn("create")]).then(([view]) => view), ["create", "library"]],
  library: [() => import("./views/library.js"), ["library"]],
  login: [() => import("./views/login.js"), []],
  run: [() => import("./views/run.js"), ["run"]],
};
const RETRY_MS = 2000;
const ready = {};
let isFirst = true;

// Where the next view's reading begins: an element's id, else its heading.
export const beginning = { id: "" };

function addSheet(name) {
  const href = `/static/css/${name}.css`;
  if (document.head.querySelector(`link[href="${href}"]`)) return null;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  const loaded = new Promise((done, fail) => { link.onload = done; link.onerror = () => { link.remove(); fail(); }; });
  document.head.append(link);
  return loaded;
}

async function load(name) {
  const [view, sheets] = VIEWS[name];
  const [module] = await Promise.all([view(), ...sheets.map(addSheet)]);
  ready[name] = Object.values(module)[0];
}

export function View({ name, ...props }) {
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let timer = 0;
    if (!ready[name]) load(name).then(() => setTries(tries + 1), () => { timer = setTimeout(() => setTries(tries + 1), RETRY_MS); });
    return () => clearTimeout(timer);
  }, [tries]);
  const isReady = Boolean(ready[name]);
  // Who reads with ears hears where they are after a link.
  useEffect(() => {
    if (!isReady) return;
    const wanted = document.getElementById(beginning.id);
    if (wanted || !isFirst) (wanted || document.querySelector("h1"))?.focus({ preventScroll: true });
    isFirst = false;
    beginning.id = "";
  }, [isReady]);
  return isReady ? html`<${ready[name]} ...${props} />` : html`<main aria-busy="true"></main>`;
}
