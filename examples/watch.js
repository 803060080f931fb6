// Start a short and watch it to its end, in a page that the gateway serves:
//   const end = await watch("why the sea is salty", console.log);
export async function watch(prompt, onEvent, url = "") {
  const answer = await fetch(`${url}/api/runs`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ prompt }),
  });
  const run = await answer.json();
  if (!answer.ok) throw new Error(run.detail);
  const source = new EventSource(url + run.links.events); // comes back by itself, with its last id
  return new Promise((resolve) => {
    for (const type of ["snapshot", "reset", "state", "plan", "asset", "progress", "qa", "ended"])
      source.addEventListener(type, (message) => {
        onEvent(type, JSON.parse(message.data));
        if (type !== "ended") return;
        source.close();
        resolve({ run, ended: JSON.parse(message.data), film: `${run.links.artifacts}/final_video.mp4` });
      });
  });
}
