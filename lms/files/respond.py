"""A stored file as an answer: whole or the bytes asked for, with a tag, never as something that runs."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import http_date, parse_etags

from lms.files.engine.kinds import HEAD, Kind, kind_of
from lms.files.engine.ranges import Slice, Unsatisfiable, same_version, wanted_slice

_CHUNK = 256 * 1024
_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def file_response(
    request: HttpRequest, file: Any, *, name: str, modified: datetime | None = None, cache: str = "private, no-cache"
) -> HttpResponseBase:
    """`file` is open, seekable and is closed with the response. Answers 200, 206, 304 or 416."""
    size = int(file.size)
    when = modified or datetime.fromtimestamp(0, UTC)
    etag = f'"{size:x}-{int(when.timestamp() * 1000):x}"'
    date = http_date(when.timestamp())
    kind = kind_of(_head(file))
    response = _answer(request, file, size, etag, date, kind)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Last-Modified"] = date
    response["Cache-Control"] = cache
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    if response.status_code in (200, 206):
        how = "inline" if kind.inline else "attachment"
        response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name)}"
    return response


def _answer(request: HttpRequest, file: Any, size: int, etag: str, date: str, kind: Kind) -> HttpResponseBase:
    if _has_it(request, etag, date):
        file.close()
        return HttpResponseNotModified()
    part = None
    if same_version(request.headers.get("If-Range"), etag, date):
        try:
            part = wanted_slice(request.headers.get("Range"), size)
        except Unsatisfiable:
            file.close()
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    sent = part or Slice(0, size - 1)
    if request.method == "HEAD":
        file.close()
        response: HttpResponseBase = HttpResponse(content_type=kind.mime)
    else:
        response = StreamingHttpResponse(_bytes_of(file, sent), content_type=kind.mime)
    response.status_code = 206 if part else 200
    response["Content-Length"] = str(sent.length)
    if part:
        response["Content-Range"] = f"bytes {part.start}-{part.end}/{size}"
    return response


def _has_it(request: HttpRequest, etag: str, date: str) -> bool:
    known = request.headers.get("If-None-Match")
    if known:
        return etag in parse_etags(known) or known.strip() == "*"
    return request.headers.get("If-Modified-Since") == date


def _head(file: Any) -> bytes:
    file.seek(0)
    return bytes(file.read(HEAD))


def _bytes_of(file: Any, wanted: Slice) -> Iterator[bytes]:
    with file:
        file.seek(wanted.start)
        left = wanted.length
        while left > 0:
            chunk = file.read(min(_CHUNK, left))
            if not chunk:
                return
            left -= len(chunk)
            yield chunk
