"""Start a short and watch it to its end: python examples/watch.py "why the sea is salty" [URL]"""

import json
import sys

import httpx
from httpx_sse import connect_sse

prompt, url = sys.argv[1], (sys.argv[2:] or ["http://127.0.0.1:8000"])[0]
with httpx.Client(base_url=url, timeout=60) as client:
    run = client.post("/api/runs", json={"prompt": prompt}).raise_for_status().json()
    last_id, ended = "", None
    while ended is None:
        headers = {"Last-Event-ID": last_id} if last_id else {}
        try:
            with connect_sse(client, "GET", run["links"]["events"], headers=headers) as source:
                for event in source.iter_sse():
                    last_id, data = event.id or last_id, json.loads(event.data)
                    print(f"{data.get('progress', 0):4.0%}  {event.event}", flush=True)
                    ended = data if event.event == "ended" else None
        except httpx.TransportError:
            continue  # the gateway restarts: go on where the connection was cut
    print(url + run["links"]["artifacts"] + "/final_video.mp4" if not ended["error"] else ended)
