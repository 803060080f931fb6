// A run in the library: its picture, its name, how long, how it is, and when.
import { html } from "../html.js";
import { clock, since, t } from "../i18n.js";

export function statusOf(run) {
  if (run.outcome === "completed") return "done";
  if (run.outcome === "cancelled") return "cancelled";
  return run.outcome ? "failed" : "running";
}

// One of six covers, always the same for a run.
const cover = (id) => [...id].reduce((sum, c) => (sum * 31 + c.codePointAt(0)) % 6, 0);

export function Poster({ run }) {
  const status = statusOf(run);
  const title = run.title || run.run_id;
  const word = status === "running" ? t(`state.${run.state}`) : status === "done" ? "" : t(`badge.${status}`);
  return html`<li class=${status}><a href=${`#/runs/${encodeURIComponent(run.run_id)}`}>
    <div class=${`poster cover-${cover(run.run_id)}`}>
      ${run.links.thumbnail ? html`<img src=${run.links.thumbnail} alt="" loading="lazy" decoding="async" />` : html`<p aria-hidden="true">${title}</p>`}
      ${word && html`<span class="badge"><i aria-hidden="true"></i>${word}</span>`}
      ${status === "done" && run.duration_ms && html`<small>${clock(run.duration_ms)}</small>`}
    </div>
    <p class="title">${title}</p>
    <p class="when">${since(run.created_at)}</p>
  </a></li>`;
}
