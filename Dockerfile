# 汾渭系统：网页与后台进程共用一个镜像 | Fenwei: the web server and the daemon share this image (see compose.yaml)
FROM python:3.11-slim

# 图片与网页中的汉字，PDF | Chinese characters in pictures and pages; PDF
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/fenwei
COPY . .
RUN pip install --no-cache-dir -c constraints.txt -e '.[ui,pdf]' \
    && useradd --uid 1000 --create-home fenwei \
    && install -d -o fenwei /data /data/home /data/home/landing \
    && chown -R fenwei /opt/fenwei

# 家目录、Dagster 的历史与编译缓存都在卷里 | home, Dagster's history and compiled code are in the volume
ENV FENWEI_HOME=/data/home \
    DAGSTER_HOME=/data/dagster \
    NUMBA_CACHE_DIR=/data/numba \
    PYTHONUNBUFFERED=1
USER fenwei
VOLUME /data
EXPOSE 3000

# 设置随镜像更新，故每次启动都重新放入 | settings come with the image, so they are put in place at every start
ENTRYPOINT ["sh", "-c", "mkdir -p \"$DAGSTER_HOME\" && cp pipelines/deploy/dagster.yaml \"$DAGSTER_HOME/\" && exec \"$@\"", "--"]
CMD ["dagster-webserver", "-h", "0.0.0.0", "-p", "3000", "-m", "pipelines.definitions"]
