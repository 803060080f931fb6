import { html, useState } from "../html.js";
import { login } from "../api.js";
import { t } from "../i18n.js";

export function Login({ onEnter }) {
  const [error, setError] = useState("");
  async function submit(event) {
    event.preventDefault();
    try {
      await login(new FormData(event.target).get("key"));
      onEnter();
    } catch (problem) {
      setError(problem.message);
    }
  }
  return html`<main><form class="login" onSubmit=${submit}>
    <h1>AutoShorts</h1>
    <p class="quiet">${t("keyHint")}</p>
    <input class="visually-hidden" name="username" autocomplete="username" value="autoshorts" readonly tabindex="-1" aria-hidden="true" />
    <label class="field">${t("key")}<input name="key" type="password" required autocomplete="current-password" /></label>
    ${error && html`<p class="failure" role="alert">${error}</p>`}
    <button class="go">${t("enter")}</button>
  </form></main>`;
}
