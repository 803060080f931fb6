// A voice as it sounds: its loudness drawn, played with a touch, filled as it is heard.
import { html, useEffect, useRef, useState } from "../html.js";
import { t } from "../i18n.js";
import { BARS, hush, shapeOf, speak } from "../sound.js";

const STEP = 3;
const HEIGHT = 28;
const WIDTH = BARS * STEP;

export function Waveform({ urls, n, onShape }) {
  const [shape, setShape] = useState(null);
  const [heard, setHeard] = useState(null);
  const node = useRef(null);

  // Sixty voices are not read before anybody scrolls to them.
  useEffect(() => {
    if (!urls.length) return undefined;
    let gone = false;
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      seen.disconnect();
      shapeOf(urls).then((found) => { if (found && !gone) { setShape(found); onShape(found); } });
    }, { rootMargin: "200px" });
    seen.observe(node.current);
    return () => { gone = true; seen.disconnect(); };
  }, []);
  const playing = heard !== null;
  const speaks = useRef(false);
  speaks.current = playing;
  useEffect(() => () => { if (speaks.current) hush(); }, []);

  const toggle = () => (playing ? hush() : speak(urls, setHeard));
  const bars = outline(shape?.peaks);
  const share = playing && shape ? Math.min(1, heard / shape.seconds) : 0;
  return html`<button ref=${node} class=${`wave ${shape ? "ready" : ""} ${playing ? "playing" : ""}`} disabled=${!urls.length} aria-label=${t(playing ? "pause" : "listen", { n })} onClick=${toggle}>
    <svg class="play" viewBox="0 0 24 24" aria-hidden="true"><path d=${playing ? "M7 5h4v14H7zM13 5h4v14h-4z" : "M8 5v14l11-7z"} /></svg>
    <svg class="bars" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} width=${WIDTH} height=${HEIGHT} preserveAspectRatio="none" aria-hidden="true">
      <defs><clipPath id=${`heard-${n}`}><rect width=${WIDTH * share} height=${HEIGHT} /></clipPath></defs>
      <path class="all" d=${bars} /><path class="heard" d=${bars} clip-path=${`url(#heard-${n})`} /></svg>
  </button>`;
}

// Upright strokes around the middle; dots where nothing is known yet.
function outline(peaks) {
  return Array.from({ length: BARS }, (_, i) => {
    const half = peaks ? Math.max(0.5, (peaks[i] * (HEIGHT - 4)) / 2) : 0.5;
    return `M${i * STEP + 1.5} ${HEIGHT / 2 - half}V${HEIGHT / 2 + half}`;
  }).join("");
}
