// What the prompt was taken for, in the reader's words: so that a misunderstanding is seen at once.
import { html } from "../html.js";
import { languageName, t } from "../i18n.js";

export function takenAs(told) {
  const what = told.kind === "topic" ? t("taken.topic", { subject: told.subject }) : t(`taken.${told.kind}`, { n: told.sentences });
  const parts = [what, languageName(told.language)];
  if (told.speakers.length) parts.push(t("taken.speakers", { n: told.speakers.length, names: told.speakers.join(", ") }));
  if (told.silent) parts.push(t("taken.silent", { n: told.silent }));
  return parts.join(" · ");
}

export const Understood = ({ told }) => told && html`<p class="sub understood">${takenAs(told)}</p>`;
