// All runs, newest first; also the short list under the form.
import { html, useEffect, useState } from "../html.js";
import { listRuns } from "../api.js";
import { clock, since, t } from "../i18n.js";

const REFRESH_MS = 10_000;

export function Library() {
  return html`<main class="page"><h1>${t("all")}</h1><${Posters} /></main>`;
}

export function Posters({ limit = 24, pages = true }) {
  const [runs, setRuns] = useState(null);
  const [cursor, setCursor] = useState(null);
  const [error, setError] = useState("");

  async function load(from) {
    try {
      const page = await listRuns(from, limit);
      setRuns((have) => (from ? [...have, ...page.items] : page.items));
      setCursor(page.next);
      setError("");
    } catch (problem) {
      setError(problem.message);
    }
  }
  useEffect(() => {
    load(null);
    const timer = setInterval(() => { if (!document.hidden && scrollY < 400) load(null); }, REFRESH_MS);
    return () => clearInterval(timer);
  }, []);

  if (error && !runs) return html`<p class="note" role="status">${error}</p>`;
  if (!runs) return null;
  if (!runs.length) return html`<p class="empty">${t("nothing")}</p>`;
  return html`<ul class="library">${runs.map((run) => html`<${Poster} key=${run.run_id} run=${run} />`)}</ul>
    ${pages && cursor && html`<p class="center"><button class="ghost" onClick=${() => load(cursor)}>${t("loadMore")}</button></p>`}`;
}

function Poster({ run }) {
  const state = run.outcome === "cancelled" ? t("cancelled") : t(`state.${run.state}`);
  return html`<li><a href=${`#/runs/${encodeURIComponent(run.run_id)}`}>
    <div class="poster">
      ${run.links.thumbnail ? html`<img src=${run.links.thumbnail} alt="" loading="lazy" />` : html`<em>${state}</em>`}
      ${run.duration_ms && run.state === "END" && html`<small>${clock(run.duration_ms)}</small>`}
    </div>
    <p class="title">${run.title || run.run_id}</p>
    <p class="when">${since(run.created_at)}</p>
  </a></li>`;
}
