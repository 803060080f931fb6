// Reference pictures: chosen, dropped or pasted; seen small; taken away again.
import { html } from "../html.js";
import { upload } from "../api.js";
import { t } from "../i18n.js";
import { say } from "../problems.js";

export const MOST = 8;
const SIDE = 112;

export function Pictures({ pictures, onRemove }) {
  if (!pictures.length) return null;
  return html`<ul class="pictures" aria-label=${t("pictures")}>${pictures.map((p) => html`<li key=${p.key || p.name} class=${p.error ? "bad" : p.name ? "" : "busy"}>
    ${p.preview ? html`<img src=${p.preview} alt=${p.label} />` : html`<span class="blank" aria-hidden="true"></span>`}
    <button type="button" aria-label=${t("remove", { name: p.label })} onClick=${() => onRemove(p)}>×</button>
    ${p.error ? html`<p class="error" role="alert">${p.label}: ${p.error}</p>` : !p.name && html`<span class="visually-hidden" role="status">${t("uploading", { name: p.label })}</span>`}
  </li>`)}</ul>`;
}

// Uploads files one after the other; `change` takes a function from the old list to the new.
export async function attach(files, have, change) {
  const room = MOST - have.filter((p) => !p.error).length;
  for (const [index, file] of [...files].entries()) {
    const entry = { key: `${file.name} ${Date.now()} ${index}`, label: file.name || t("pasted"), name: "", preview: "", error: "" };
    const update = (fields) => change((list) => list.map((p) => (p.key === entry.key ? { ...p, ...fields } : p)));
    change((list) => [...list.filter((p) => !p.error), entry]);
    if (index >= room) { update({ error: t("tooMany", { n: MOST }) }); continue; }
    small(file).then((preview) => update({ preview }), () => {});
    try {
      update({ name: (await upload(file)).name });
    } catch (problem) {
      update({ error: say(problem) });
    }
  }
}

// A preview small enough to be remembered with the draft.
async function small(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, SIDE / Math.min(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.ceil(bitmap.width * scale), Math.ceil(bitmap.height * scale)];
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas.toDataURL("image/webp", 0.8);
}
