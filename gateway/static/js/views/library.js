// All runs, newest first, by how they are.
import { html, useState } from "../html.js";
import { t } from "../i18n.js";
import { Posters } from "../parts/posters.js";

const FILTERS = {
  all: [],
  running: ["INIT", "PLOT_GENERATION", "ASSET_GENERATION", "RENDERING", "QA"],
  done: ["END"],
  failed: ["FAILED"],
};

export function Library() {
  const [filter, setFilter] = useState("all");
  return html`<main class="page wide">
    <div class="between"><h1 tabindex="-1">${t("all")}</h1>
      <fieldset class="filters"><legend class="visually-hidden">${t("show")}</legend>
        ${Object.keys(FILTERS).map((name) => html`<label key=${name}><input type="radio" name="filter" checked=${name === filter} onChange=${() => setFilter(name)} /><span>${t(`filter.${name}`)}</span></label>`)}
      </fieldset></div>
    <${Posters} states=${FILTERS[filter]} />
  </main>`;
}
