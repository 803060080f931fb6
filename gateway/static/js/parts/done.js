// What can be done with a film that is there.
import { html, useState } from "../html.js";
import { draftOf } from "../draft.js";
import { t } from "../i18n.js";

const COPIED_MS = 2500;

export function Done({ run }) {
  const file = (name) => `${run.links.artifacts}/${name}?download=1`;
  const another = () => { draftOf(run.spec); location.hash = "#/"; };
  return html`<div class="actions">
    <a class="go" href=${file("final_video.mp4")} download>${t("download")}</a>
    <${Copy} />
    <a class="ghost" href=${file("captions.srt")} download>${t("subtitles")}</a>
    ${run.links.thumbnail && html`<a class="ghost" href=${file("thumbnail.jpg")} download>${t("thumbnail")}</a>`}
    ${run.spec && html`<button class="ghost" onClick=${another}>${t("another")}</button>`}
  </div>`;
}

function Copy() {
  const [copied, setCopied] = useState(false);
  async function copy() {
    if (await toClipboard(location.href)) {
      setCopied(true);
      setTimeout(() => setCopied(false), COPIED_MS);
    }
  }
  return html`<button class="ghost" onClick=${copy}><span class="same"><span aria-hidden=${copied} class=${copied ? "away" : ""}>${t("copy")}</span><span role="status" class=${copied ? "" : "away"}>${copied ? t("copied") : ""}</span></span></button>`;
}

// Over plain HTTP from another machine there is no Clipboard API.
async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
