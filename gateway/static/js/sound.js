// The voices: their shape for the eye, and one player, so that two never speak at once.
export const BARS = 36;
const RATE = 8000;

const shapes = new Map();
let decoding = Promise.resolve();

// {peaks: BARS numbers from 0 to 1, seconds} of a scene's lines, one after the other.
export function shapeOf(urls) {
  const key = urls.join("\n");
  if (!shapes.has(key)) {
    decoding = decoding.then(() => measure(urls));
    const shape = decoding;
    shapes.set(key, shape.catch(() => { shapes.delete(key); return null; }));
    decoding = shape.catch(() => null);
  }
  return shapes.get(key);
}

async function measure(urls) {
  const lines = [];
  for (const url of urls) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(url);
    const context = new OfflineAudioContext(1, 1, RATE);
    lines.push(await context.decodeAudioData(await response.arrayBuffer()));
  }
  const samples = lines.flatMap((line) => [line.getChannelData(0)]);
  const seconds = lines.reduce((sum, line) => sum + line.duration, 0);
  return { peaks: peaksOf(samples), seconds };
}

function peaksOf(parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const peaks = new Array(BARS).fill(0);
  let before = 0;
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 4) {
      const bar = Math.min(BARS - 1, Math.floor(((before + i) / length) * BARS));
      peaks[bar] = Math.max(peaks[bar], Math.abs(part[i]));
    }
    before += part.length;
  }
  const loudest = Math.max(...peaks, 0.01);
  return peaks.map((peak) => peak / loudest);
}

const audio = new Audio();
let current = null;

// Plays the lines in turn; onMove(seconds heard) while it does, onMove(null) at the end; onFail
// where one cannot be heard.
export function speak(urls, onMove, onFail = () => {}) {
  hush();
  document.querySelectorAll("video").forEach((video) => video.pause());
  const mine = { onMove, frame: 0 };
  current = mine;
  let heard = 0;
  const follow = () => {
    if (current !== mine) return;
    onMove(heard + audio.currentTime);
    mine.frame = requestAnimationFrame(follow);
  };
  const play = (index) => {
    audio.src = urls[index];
    audio.onended = () => {
      heard += audio.duration || 0;
      if (current === mine && index + 1 < urls.length) play(index + 1);
      else if (current === mine) hush();
    };
    audio.play().catch(() => { if (current === mine) { onFail(); hush(); } });
  };
  play(0);
  follow();
}

export function hush() {
  if (!current) return;
  const { onMove, frame } = current;
  current = null;
  cancelAnimationFrame(frame);
  audio.pause();
  onMove(null);
}
