// The name, the two places, and how the service is.
import { html } from "../html.js";
import { t } from "../i18n.js";

const EMBEDDED = ["rules", "local", "painter", "synth", "espeak", "neural", "none"];
const FREE = [...EMBEDDED, "wikipedia"];

export function Header({ place, options, health }) {
  const current = (...names) => (names.includes(place) ? "page" : undefined);
  return html`<header class="top">
      <a class="mark" href="#/"><i aria-hidden="true"></i>AutoShorts</a>
      <nav aria-label=${t("places")}>
        <a href="#/" aria-current=${current("")}>${t("create")}</a>
        <a href="#/library" aria-current=${current("library", "runs")}>${t("library")}</a>
      </nav>
      <p class=${`health ${health}`}><b aria-hidden="true"></b><span>${health === "well" ? services(options) : t(`short.${health}`)}</span></p>
    </header>
    <div role="status">${health !== "well" && html`<p class="banner">${t(`health.${health}`)}</p>`}</div>`;
}

function services(options) {
  if (!options) return "…";
  const used = Object.values(options.providers).map((role) => role.provider);
  const real = [...new Set(used.filter((name) => !EMBEDDED.includes(name)))];
  return real.length ? t("services", { names: real.join(", ") }) : t("noKey");
}

export const paidServices = (options) =>
  [...new Set(Object.values(options?.providers || {}).map((role) => role.provider))].filter((name) => !FREE.includes(name));
