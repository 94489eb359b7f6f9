"""Services that an installation may give the portal: a store for uploads, a place for faults."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cluster_portal.core.http import logs


def uploads(address: str) -> dict[str, Any]:
    """The storage of uploads: a folder, or `s3://key:secret@host/bucket?region=…` for S3.

    The bucket is private and files are read through the portal, as from a folder; `tls=0` is for
    a store on the same machine.
    """
    if not address:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts, query = urlsplit(address), parse_qs(urlsplit(address).query)
    host = parts.hostname or ""
    scheme = "http" if query.get("tls") == ["0"] else "https"
    options = {
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "bucket_name": parts.path.strip("/"),
        "endpoint_url": f"{scheme}://{host}:{parts.port}" if parts.port else f"{scheme}://{host}",
        "region_name": query.get("region", ["us-east-1"])[0],
        "default_acl": "private",
        "file_overwrite": False,
        "signature_version": "s3v4",
        "addressing_style": "path",
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def report_faults(address: str) -> None:
    """To a Sentry of one's own, where its address is given: where it broke, and of nobody what."""
    if not address:
        return
    import sentry_sdk  # noqa: PLC0415  a package by choice

    sentry_sdk.init(
        address,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0.0,
        before_send=without_people,
    )


def without_people(event: Any, _hint: Any) -> Any:
    """No account, address, cookie, header or query; of an address in a text no secret."""
    event.pop("user", None)
    event.pop("server_name", None)
    asked = event.get("request")
    if asked:
        event["request"] = {"method": asked.get("method"), "url": asked.get("url", "")}
    return _redacted(event)


def _redacted(value: object) -> Any:
    if isinstance(value, str):
        return logs.redacted(value)
    if isinstance(value, dict):
        return {name: _redacted(each) for name, each in value.items()}
    return [_redacted(each) for each in value] if isinstance(value, list) else value
