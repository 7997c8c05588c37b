"""What the doctor sees of the service: server, database, Redis, queue, backups, versions, certificate."""

import re
import socket
import ssl
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult
from redis import Redis
from redis.exceptions import RedisError

from lms.keep.engine import findings
from lms.keep.engine.findings import BAD, OK, WARNING, Finding
from lms.keep.engine.nights import made_at, newest
from lms.keep.plain import site
from lms.keep.plain.probe import answers

_PATIENCE = 5  # seconds


def server() -> Finding:
    env = site.environment()
    name = env.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    if answers("127.0.0.1", int(env.get("PORT", "8000")), name):
        return Finding("server", OK, _("The server answers."))
    return Finding("server", BAD, _("The server does not answer. Look: sudo systemctl status benhoc"))


def database() -> Finding:
    """By really writing, in a transaction that is rolled back."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TABLE keep_probe (n integer)")
            cursor.execute("INSERT INTO keep_probe VALUES (1)")
            transaction.set_rollback(True)
    except DatabaseError as error:
        said = _("The database can't be written: %(said)s")
        return Finding("database", BAD, said % {"said": str(error).strip()})
    return Finding("database", OK, _("The database can be written (%(vendor)s).") % {"vendor": connection.vendor})


def redis() -> Finding:
    if not settings.REDIS_URL:
        return Finding("redis", OK, _("Not used: one process needs none."))
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as server:
            server.ping()
    except RedisError:
        return Finding(
            "redis", WARNING, _("Redis does not answer; boards are slower. sudo systemctl restart redis-server")
        )
    return Finding("redis", OK, _("Redis answers."))


def queue(now: datetime) -> Finding:
    waiting = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True)
    oldest = waiting.first()
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=now - timedelta(days=7)).count()
    count, age = waiting.count(), now - oldest if oldest else timedelta()
    level = findings.of_queue(count, age, failed)
    said = {
        OK: _("%(count)s tasks are waiting."),
        WARNING: _("%(count)s tasks are waiting, %(failed)s failed in the last week. See the server's log."),
        BAD: _("%(count)s tasks are waiting, the oldest for %(minutes)s minutes: the worker stands still. Restart it."),
    }
    told = {"count": count, "failed": failed, "minutes": int(age.total_seconds() // 60)}
    return Finding("queue", level, said[level] % told)


def backup(now: datetime) -> Finding:
    directory = settings.BACKUP_DIR
    name = newest(path.name for path in directory.iterdir()) if directory.is_dir() else None
    moment = made_at(name) if name else None
    age = localtime(now).replace(tzinfo=None) - moment if moment else None
    level = findings.of_backup(age)
    if age is None:
        return Finding("backup", level, _("There is no backup yet: ./dev backup"))
    said = (
        _("The last backup is %(hours)s hours old: %(name)s")
        if level == OK
        else _("The last backup is %(hours)s hours old. Make one now: ./dev backup")
    )
    return Finding("backup", level, said % {"hours": int(age.total_seconds() // 3600), "name": name})


def versions() -> Finding:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return Finding("versions", BAD, _("The database is of another version than the program: ./dev upgrade"))
    if other := _other_versions():
        said = _("Packages differ from the lock file (%(names)s): ./dev upgrade")
        return Finding("versions", WARNING, said % {"names": ", ".join(other[:3])})
    return Finding("versions", OK, _("Program, packages and database fit together."))


def _other_versions() -> list[str]:
    text = (settings.BASE_DIR / "requirements.txt").read_text(encoding="utf-8")
    wanted = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==([\w.]+)(?![^#\n]*;)", text, re.M)
    return [name for name, pinned in wanted if _installed(name) != pinned]


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def certificate(now: datetime) -> Finding:
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if address.scheme != "https" or not address.hostname:
        return Finding("certificate", WARNING, _("No domain with https is set: ./dev serve --domain …"))
    told = {"domain": address.hostname}
    try:
        ends = _certificate_ends(address.hostname, address.port or 443)
    except ssl.SSLError:
        return Finding("certificate", BAD, _("The certificate of %(domain)s is not valid: journalctl -u caddy") % told)
    except OSError:
        said = _("%(domain)s does not answer on port 443. Do the domain and the firewall lead here? Does Caddy run?")
        return Finding("certificate", BAD, said % told)
    left = ends - now
    level = findings.of_certificate(left)
    said = (
        _("The certificate of %(domain)s is good for %(days)s more days.")
        if level == OK
        else _("The certificate of %(domain)s ends in %(days)s days and is not renewed: journalctl -u caddy")
    )
    return Finding("certificate", level, said % (told | {"days": left.days}))


def _certificate_ends(host: str, port: int) -> datetime:
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=_PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=host) as secured,
    ):
        known = secured.getpeercert()
    assert known
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(known["notAfter"])), tz=localtime().tzinfo)
