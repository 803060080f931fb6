// Keys for those who like them; ? lists them, and they can be switched off.
import { html, useEffect, useRef, useState } from "../html.js";
import { recall, remember } from "../draft.js";
import { t } from "../i18n.js";
import { beginning } from "../views.js";

const KEYS = { n: "#/", l: "#/library" };

function go(event) {
  event.preventDefault();
  const prompt = event.key === "n" && document.getElementById("prompt");
  if (prompt) { prompt.focus(); return; }
  beginning.id = event.key === "n" ? "prompt" : "";
  location.hash = KEYS[event.key];
}

export function Shortcuts() {
  const dialog = useRef(null);
  const [on, setOn] = useState(recall("shortcuts", true));

  useEffect(() => {
    function press(event) {
      const typing = event.target.closest?.("input, textarea, select, dialog");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "?") dialog.current.showModal();
      else if (on && KEYS[event.key]) go(event);
    }
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [on]);

  const toggle = (event) => { setOn(event.target.checked); remember("shortcuts", event.target.checked); };
  return html`<dialog ref=${dialog} class="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">${t("keys")}</h2>
    <dl>
      <dt><kbd>Ctrl</kbd> <kbd>Enter</kbd></dt><dd>${t("keys.make")}</dd>
      <dt><kbd>N</kbd></dt><dd>${t("keys.new")}</dd>
      <dt><kbd>L</kbd></dt><dd>${t("library")}</dd>
      <dt><kbd>?</kbd></dt><dd>${t("keys")}</dd>
    </dl>
    <label class="check"><input type="checkbox" checked=${on} onChange=${toggle} />${t("keys.on")}</label>
    <form method="dialog"><button class="ghost">${t("close")}</button></form>
  </dialog>`;
}
