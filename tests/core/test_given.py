"""Services that an installation may give: an S3 store for uploads, a Sentry for faults."""

import boto3
import pytest
from django.core.files.base import ContentFile
from django.utils.module_loading import import_string
from moto import mock_aws

from cluster_portal.core import given

ADDRESS = "s3://key:s%2Fecret@storage.example.org:9000/portal?region=eu-north-1"
SECRET = "Zx81-secret"


@pytest.fixture
def store(monkeypatch):
    monkeypatch.setenv("MOTO_S3_CUSTOM_ENDPOINTS", "https://storage.example.org:9000")
    with mock_aws():
        chosen = given.uploads(ADDRESS)
        options = chosen["OPTIONS"]
        client = boto3.client(
            "s3", endpoint_url=options["endpoint_url"], region_name=options["region_name"],
            aws_access_key_id="key", aws_secret_access_key="s/ecret",
        )  # fmt: skip
        region = {"LocationConstraint": options["region_name"]}
        client.create_bucket(Bucket="portal", CreateBucketConfiguration=region)
        yield import_string(chosen["BACKEND"])(**options)


def test_uploads_lie_in_the_bucket_and_are_never_overwritten(store):
    first = store.save("logos/a.png", ContentFile(b"one"))
    second = store.save("logos/a.png", ContentFile(b"two"))

    with store.open(first) as stored:
        content = stored.read()
    assert first != second
    assert content == b"one"
    assert len(store.listdir("logos")[1]) == 2


def test_file_that_is_missing_is_missed_as_in_a_folder(store):
    with pytest.raises(FileNotFoundError):
        store.open("logos/none.png", "rb").read()


def test_secrets_of_the_address_are_decoded():
    assert given.uploads(ADDRESS)["OPTIONS"]["secret_key"] == "s/ecret"


def test_without_an_address_uploads_lie_in_the_folder():
    assert given.uploads("")["BACKEND"].endswith("FileSystemStorage")


def test_faults_tell_nobody_and_no_secret():
    event = {
        "user": {"id": 7, "email": "aino@example.org"},
        "request": {
            "method": "GET",
            "url": f"https://portaali.example.org/invitations/{SECRET}/?q=salainen",
            "query_string": "q=salainen",
            "cookies": {"session": SECRET},
            "headers": {"Cookie": SECRET},
        },
        "exception": {"values": [{"value": f"no /reset/key/{SECRET}/ here"}]},
    }

    told = str(given.without_people(event, {}))

    assert not any(word in told for word in (SECRET, "aino", "salainen"))
    assert "https://portaali.example.org/invitations/" in told
