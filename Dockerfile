# presend as a service. Build: docker build -t presend .   Run: see deploy/compose.yaml

FROM python:3.13-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/presend
COPY pyproject.toml README.md LICENSE ./
COPY checker ./checker
COPY rules ./rules
RUN /opt/presend/bin/pip install --no-cache-dir ".[service]"

FROM python:3.13-slim-bookworm
# A number, so that Kubernetes can see that it is not root.
RUN useradd --system --uid 10001 --home-dir /var/lib/presend --create-home presend
COPY --from=build /opt/presend /opt/presend
ENV PATH=/opt/presend/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PRESEND_STATE=/var/lib/presend
USER 10001
WORKDIR /etc/presend
VOLUME /var/lib/presend
EXPOSE 8025
# The image has no curl; Python asks.
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8025/healthz', timeout=2)"]
ENTRYPOINT ["presend"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8025"]
