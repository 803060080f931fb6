// A grid of runs that keeps itself true: new ones come in, old ones stay where they are.
import { html, useEffect, useRef, useState } from "../html.js";
import { listRuns } from "../api.js";
import { t } from "../i18n.js";
import { say } from "../problems.js";
import { Poster } from "./poster.js";

const CALM_MS = 10_000;
const BUSY_MS = 3_000;

export function Posters({ limit = 24, states = [], short = false }) {
  const [runs, setRuns] = useState(null);
  const [cursor, setCursor] = useState(null);
  const [error, setError] = useState("");
  const [loading, setLoading] = useState(false);
  const asked = useRef(0);
  const wanted = states.join();

  // The newest page laid over what is shown; `fresh` where nothing shown is to stay.
  async function refresh(fresh) {
    const mine = fresh ? ++asked.current : asked.current;
    try {
      const page = await listRuns({ states, limit });
      if (mine !== asked.current) return;
      setRuns((have) => (fresh || !have ? page.items : merged(have, page, short && limit)));
      if (fresh) setCursor(page.next);
      setError("");
    } catch (problem) {
      if (mine === asked.current) setError(say(problem));
    }
  }
  async function more() {
    setLoading(true);
    try {
      const page = await listRuns({ states, limit, cursor });
      const known = new Set(runs.map((run) => run.run_id));
      setRuns([...runs, ...page.items.filter((run) => !known.has(run.run_id))]);
      setCursor(page.next);
      setError("");
    } catch (problem) {
      setError(say(problem));
    }
    setLoading(false);
  }
  useEffect(() => { setRuns(null); refresh(true); }, [wanted]);
  const isBusy = (runs || []).some((run) => !run.outcome);
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) refresh(!runs); }, isBusy ? BUSY_MS : CALM_MS);
    return () => clearInterval(timer);
  }, [wanted, isBusy, !runs]);

  if (!runs) return html`${error && html`<p class="note" role="status">${error}</p>`}<ul class="library" aria-hidden="true">${Array.from({ length: short ? 5 : 10 }, (_, i) => html`<li key=${i}><div class="poster blank"></div><p class="title">\u00a0</p></li>`)}</ul>`;
  if (!runs.length) return html`<div class="empty"><p><strong>${t(wanted ? "nothingHere" : "nothing")}</strong></p>${!wanted && html`<p>${t("nothingHint")}</p>`}${!short && !wanted && html`<p class="actions"><a class="go" href="#/">${t("makeFirst")}</a></p>`}</div>`;
  return html`${error && html`<p class="note" role="status">${error}</p>`}
    <ul class="library">${runs.map((run) => html`<${Poster} key=${run.run_id} run=${run} />`)}</ul>
    ${!short && cursor && html`<p class="center"><button class="ghost" disabled=${loading} onClick=${more}>${t("loadMore")}</button></p>`}`;
}

function merged(have, page, most) {
  const fresh = new Map(page.items.map((run) => [run.run_id, run]));
  const known = new Set(have.map((run) => run.run_id));
  const oldest = page.items.at(-1);
  const all = page.next ? have : have.filter((run) => fresh.has(run.run_id) || !oldest || run.created_at < oldest.created_at);
  // A run of the newest page that it no longer lists has left this filter.
  const stays = (run) => fresh.has(run.run_id) || !oldest || run.created_at < oldest.created_at;
  const next = [...page.items.filter((run) => !known.has(run.run_id)), ...all.filter(stays).map((run) => fresh.get(run.run_id) || run)];
  return most ? next.slice(0, most) : next;
}
