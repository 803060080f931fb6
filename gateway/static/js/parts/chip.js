// A choice with its present value; the native widget underneath.
import { html, useState } from "../html.js";
import { t } from "../i18n.js";

export function Chip({ label, value, onChange, values, name = (v) => v, icon }) {
  return html`<label class="chip">${icon}<span class=${icon ? "visually-hidden" : ""}>${label}</span><select value=${value} onChange=${(e) => onChange(e.target.value)}>
    ${values.map((v) => html`<option key=${v} value=${v} selected=${v === value}>${name(v)}</option>`)}</select></label>`;
}

const OWN = "\u0000own";

// The same where any words are allowed: the last choice opens a line to write them in.
export function OpenChip({ label, value, onChange, values, name }) {
  const [own, setOwn] = useState(false);
  const known = ["", ...values];
  if (own || !known.includes(value)) {
    const leave = (e) => { if (!e.target.value.trim()) { setOwn(false); onChange(""); } };
    return html`<label class="chip"><span>${label}</span><input value=${value} maxlength="200" placeholder=${t("ownWords")}
      ref=${(node) => own && !value && node?.focus()} onInput=${(e) => onChange(e.target.value)} onBlur=${leave} /></label>`;
  }
  const choose = (v) => (v === OWN ? setOwn(true) : onChange(v));
  const nameOf = (v) => (v === OWN ? t("ownWords") : v ? name(v) : t("auto"));
  return html`<${Chip} label=${label} value=${value} onChange=${choose} values=${[...known, OWN]} name=${nameOf} />`;
}

const SHAPES = { "9:16": "tall", "16:9": "wide", "1:1": "square", "4:5": "feed" };

// Four shapes are quicker seen than read.
export function ShapeChips({ value, onChange, values }) {
  return html`<fieldset class="shapes"><legend class="visually-hidden">${t("shape")}</legend>
    ${values.map((ratio) => html`<label key=${ratio} title=${ratio}><input type="radio" name="shape" value=${ratio} checked=${ratio === value} onChange=${() => onChange(ratio)} />
      <i class=${SHAPES[ratio] || ""} aria-hidden="true"></i><span>${ratio}</span></label>`)}</fieldset>`;
}
