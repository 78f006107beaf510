# docker build -t ai-innovation-map . && docker run -p 8050:8050 ai-innovation-map
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
RUN apt-get update && apt-get install --yes --no-install-recommends binutils && rm -rf /var/lib/apt/lists/*
COPY requirements.lock ./
# Byte code is made below, for what is imported: that of all packages would take 200 MB.
RUN python -m venv --without-pip /opt/venv \
 && python -m pip --python /opt/venv/bin/python install --no-cache-dir --no-compile --disable-pip-version-check \
    --require-hashes -r requirements.lock
COPY tools/image ./tools/image
RUN python tools/image/trim.py /opt/venv/lib/python3.11/site-packages \
 && cd /opt/venv/lib/python3.11/site-packages && strip --strip-unneeded llvmlite/binding/*.so pyarrow/*.so* _brotli*.so
ENV PATH=/opt/venv/bin:$PATH NUMBA_CACHE_DIR=/app/kernels
COPY analytics ./analytics
COPY assets ./assets
COPY components ./components
COPY data ./data
COPY pages ./pages
COPY app.py gunicorn.conf.py ./
# The snapshot, compiled kernels and byte code: the image starts with a read-only root.
# Asked a second time, the pages show that they need no source of a package.
RUN python -m analytics build && python tools/image/warm.py \
 && python tools/image/bare.py /opt/venv/lib/python3.11/site-packages \
 && PYTHONDONTWRITEBYTECODE=1 python tools/image/warm.py && rm -rf tools

FROM python:3.11-slim-bookworm AS base
# Nothing of the base's installer is needed to serve; what is deleted here would still be in the layers below.
RUN rm -rf /usr/local/lib/python3.11/site-packages/* /usr/local/lib/python3.11/ensurepip \
    /usr/local/lib/python3.11/idlelib /usr/local/lib/python3.11/lib2to3 /var/cache/* /var/lib/apt/lists/* \
 && install -d -o 10001 -g 10001 /data

FROM scratch
COPY --from=base / /
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin \
    LANG=C.UTF-8 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    NUMBA_CACHE_DIR=/dev/shm/kernels \
    AIM_HOST=0.0.0.0 \
    AIM_UPLOADS=/data
USER 10001:10001
VOLUME /data
EXPOSE 8050
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["python", "-m", "components.probe"]
STOPSIGNAL SIGTERM
CMD ["gunicorn", "app:server", "--config", "gunicorn.conf.py"]
