# The bot in a container: locked packages, not root, its home folder in a volume.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock pyproject.toml README.md LICENSE ./
# the installer itself is locked too
RUN awk '/^[^ ]/ { mine = /^uv==/ } mine' requirements.lock > /tmp/uv.txt \
    && pip install --no-cache-dir --require-hashes -r /tmp/uv.txt
# only what the bot runs with; versions and hashes are those of the lock
RUN uv venv /opt/qunguan \
    && uv pip install --no-cache --python /opt/qunguan/bin/python --compile-bytecode --require-hashes \
       --constraints requirements.lock --build-constraints requirements.lock \
       --extra telegram --extra wechat --extra cluster -r pyproject.toml
COPY . .
RUN uv pip install --no-cache --python /opt/qunguan/bin/python --compile-bytecode --no-deps \
       --build-constraints requirements.lock .

FROM python:3.13-slim
RUN useradd --create-home --uid 1000 qunguan \
    && install -d -o qunguan -g qunguan /home/qunguan/data
COPY --from=build /opt/qunguan /opt/qunguan
ENV PATH=/opt/qunguan/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    LANG=C.UTF-8 \
    QUNGUAN_HOME=/home/qunguan/data \
    QUNGUAN_OPEN_BROWSER=no
USER qunguan
WORKDIR /home/qunguan
VOLUME /home/qunguan/data
EXPOSE 8470
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8470/livez', timeout=4)"]
ENTRYPOINT ["qunguan"]
CMD ["run"]
