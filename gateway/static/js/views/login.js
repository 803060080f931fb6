// The key, once; a cookie after that.
import { html, useState } from "../html.js";
import { login } from "../api.js";
import { t } from "../i18n.js";
import { say } from "../problems.js";

export function Login({ onEnter }) {
  const [error, setError] = useState("");
  async function submit(event) {
    event.preventDefault();
    try {
      await login(new FormData(event.target).get("key"));
      onEnter();
    } catch (problem) {
      setError(problem.status === 401 ? t("wrongKey") : say(problem));
      event.target.elements.key.select();
    }
  }
  return html`<main><form class="login box" onSubmit=${submit}>
    <h1 class="mark"><i aria-hidden="true"></i>AutoShorts</h1>
    <p class="quiet" id="key-hint">${t("keyHint")}</p>
    <input class="visually-hidden" name="username" autocomplete="username" value="autoshorts" readonly tabindex="-1" aria-hidden="true" />
    <label class="field">${t("key")}<input name="key" type="password" required autocomplete="current-password" aria-describedby="key-hint" aria-invalid=${error ? "true" : undefined} autofocus /></label>
    ${error && html`<p class="error" role="alert">${error}</p>`}
    <button class="go">${t("enter")}</button>
  </form></main>`;
}
