# One image for pages, sockets, worker and one-off commands; a second, small one for the proxy.
#   docker build --target app -t benhoc:0.1.0 .      docker build --target proxy -t benhoc-proxy:0.1.0 .

FROM python:3.11.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.lock /build/
RUN /opt/venv/bin/pip install --no-deps --require-hashes -r /build/requirements.lock
WORKDIR /app
COPY manage.py ./
COPY lms lms
COPY quizzes quizzes
COPY cms cms
COPY templates templates
COPY static static
COPY locale locale
COPY requirements.txt ./
RUN SECRET_KEY=only-while-building ALLOWED_HOSTS=localhost BENHOC_VAR=/tmp/var STATIC_ROOT=/opt/static \
      DJANGO_SETTINGS_MODULE=lms.settings.production \
      /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
 && /opt/venv/bin/python -m compileall -q /app /opt/venv/lib \
 && rm -rf /tmp/var

FROM python:3.11.11-slim-bookworm AS app
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-client-15 \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 benhoc \
 && useradd --uid 10001 --gid benhoc --home-dir /var/benhoc --shell /usr/sbin/nologin benhoc \
 && install -d -o benhoc -g benhoc -m 700 /var/benhoc
COPY --from=build /opt/venv /opt/venv
COPY --from=build /opt/static /opt/static
COPY --from=build /app /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=lms.settings.production BENHOC_VAR=/var/benhoc STATIC_ROOT=/opt/static \
    EMBEDDED_THREADS=0 PORT=8000
WORKDIR /app
USER 10001:10001
VOLUME /var/benhoc
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["python", "-m", "lms.keep.plain.probe"]
CMD ["python", "-m", "uvicorn", "lms.asgi:application", "--host", "0.0.0.0", "--port", "8000", \
     "--ws", "quizzes.live.wire:Protocol", "--ws-max-size", "65536", "--no-access-log", \
     "--proxy-headers", "--forwarded-allow-ips", "*", "--timeout-graceful-shutdown", "20", "--log-level", "warning"]

FROM caddy:2.8.4-alpine AS proxy
RUN chown -R 10001:10001 /data /config
COPY docs/operations/Caddyfile /etc/caddy/Caddyfile
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=5s --retries=3 CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:2019/config/"]
