# The image of worker and gateway. Not Alpine: ffmpeg and the speech engine come as glibc wheels.
FROM python:3.11.14-slim-bookworm AS build
WORKDIR /src
COPY deploy/requirements.lock ./
RUN python -m venv /opt/autoshorts \
 && /opt/autoshorts/bin/python -m pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY activities activities
COPY cli cli
COPY comfy_workflows comfy_workflows
COPY domain domain
COPY gateway gateway
COPY providers providers
COPY rendering rendering
COPY storage storage
COPY worker worker
COPY workflows workflows
RUN /opt/autoshorts/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11.14-slim-bookworm
# A named volume takes its owner from the folder of the image.
RUN useradd --create-home --uid 10001 autoshorts && install -d -o autoshorts -g autoshorts /data
COPY --from=build /opt/autoshorts /opt/autoshorts
ENV PATH=/opt/autoshorts/bin:$PATH PYTHONUNBUFFERED=1 AUTOSHORTS_DATA_DIR=/data
USER 10001
WORKDIR /home/autoshorts
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["autoshorts"]
CMD ["worker"]
