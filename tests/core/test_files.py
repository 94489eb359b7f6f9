import datetime
import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from cluster_portal.core import files
from cluster_portal.core.files import kinds

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def png(width=2, height=2, *extra):
    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" + b"\x11" * 6 + b"\x00" + b"\x22" * 6)
    parts = [chunk(b"IHDR", head), *(chunk(*each) for each in extra), chunk(b"IDAT", rows)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def jpeg(width=2, height=2, tail=b""):
    def segment(marker, body):
        return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body

    frame = b"\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    parts = [
        segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
        segment(0xE1, b"Exif\x00\x00GPS 61.4978 23.7610"),
        segment(0xFE, b"a comment"),
        segment(0xC0, frame),
        segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56",
    ]
    return b"\xff\xd8" + b"".join(parts) + b"\xff\xd9" + tail


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def docx(text="Ansioluettelo", **more):
    return archive(word__document_xml=f"<w:p><w:t>{text}</w:t></w:p>", **more)


def odt(text="Suunnitelma"):
    return archive(content_xml=f"<text:p>{text}</text:p>")


def shown_in_pdf(operators):
    packed = zlib.compress(b"BT /F1 12 Tf " + operators + b" ET")
    return PDF.replace(b"trailer", b"2 0 obj<<>>stream\n" + packed + b"\nendstream endobj\ntrailer")


def checked(name, content):
    return files.check(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cv.pdf", PDF),
        ("cv.PDF", PDF),
        ("kuva.png", png()),
        ("kuva.jpg", jpeg()),
        ("kuva.jpeg", jpeg()),
        ("hakemus.docx", docx()),
        ("hakemus.odt", odt()),
        ("luku.txt", "Ääkkösiä\r\nja rivejä\t.".encode()),
        ("vanha.txt", "Ääkkösiä".encode("cp1252")),
        ("win.txt", "Ääkkösiä".encode("utf-16")),
    ],
)
def test_whole_files_pass(name, content):
    assert checked(name, content).ending == name.rpartition(".")[2].lower()


@pytest.mark.parametrize(
    "name",
    [
        *("a.svg", "a.html", "a.xhtml", "a.xml", "a.js", "a.exe", "a.docm", "a.xlsx", "a.zip"),
        *("a.pdf.html", "a", "pdf", "a.html\x00", "cv\u202efdp.exe", "a.pdf .exe"),
    ],
)
def test_other_kinds_are_refused_with_the_list(name):
    sent = SimpleUploadedFile("a", PDF)
    sent._name = name

    with pytest.raises(ValidationError, match="pdf, docx, odt, txt, png, jpg, jpeg"):
        files.check(sent)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script></html>"),
        ("a.pdf", PDF[:-8]),
        ("a.pdf", b""),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.png", png()[:-20]),
        ("a.png", png().replace(b"\x00\x00\x00\x02\x08", b"\x00\x00\x00\x03\x08")),
        ("a.png", png(50_000, 50_000)),
        ("a.png", jpeg()),
        ("a.jpg", jpeg()[:-4]),
        ("a.jpg", jpeg(50_000, 50_000)),
        ("a.jpg", b"GIF89a/*\xff\xd8*/"),
        ("a.jpg", b"\xff\xd8\xff\xd9"),
        ("a.docx", odt()),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.docx", docx(word__vbaProject_bin="x").replace(b"vbaProject_bin", b"vbaProject.bin")),
        ("a.odt", docx()),
        ("a.odt", PDF),
        ("a.txt", b"MZ\x90\x00\x03\x00\x00"),
        ("a.txt", b"\xff\xfe\x00"),
    ],
)
def test_what_is_not_a_whole_file_of_its_kind_is_refused(name, content):
    with pytest.raises(ValidationError, match="is not a whole"):
        checked(name, content)


def test_bomb_is_refused_from_its_directory():
    bomb = docx(word__media_xml="0" * (kinds.MAX_UNPACKED + 1))

    assert len(bomb) < 100_000
    with pytest.raises(ValidationError, match="is not a whole"):
        checked("a.docx", bomb)


def test_archive_of_thousands_of_parts_is_refused():
    many = docx(**{f"part{number}": "" for number in range(kinds.MAX_PARTS)})

    with pytest.raises(ValidationError, match="is not a whole"):
        checked("a.docx", many)


@pytest.mark.parametrize("content", [b"x" * files.MAX_SIZE, b"x" * (files.MAX_SIZE + 1)])
def test_one_byte_over_the_limit_is_refused(content):
    if len(content) == files.MAX_SIZE:
        assert checked("a.txt", content).content == content
        return
    with pytest.raises(ValidationError, match="too large"):
        checked("a.txt", content)


def test_pictures_lose_place_time_and_comments():
    picture = checked("a.jpg", jpeg(tail=b"PK\x03\x04 hidden")).content
    drawing = checked("a.png", png(2, 2, (b"eXIf", b"GPS"), (b"tEXt", b"Author\x00Maija"))).content

    assert picture == jpeg().replace(
        b"\xff\xe1\x00\x1bExif\x00\x00GPS 61.4978 23.7610", b""
    ).replace(b"\xff\xfe\x00\x0ba comment", b"")
    assert drawing == png()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("SALAINEN muistio.txt", b"tekstia"),
        ("a.txt", "Tämä on SALAINEN.".encode()),
        ("a.docx", docx("TL III")),
        ("a.docx", docx("SALA</w:t><w:t>INEN")),
        ("a.odt", odt("NATO SECRET")),
        ("a.pdf", shown_in_pdf(b"(HEMLIG) Tj")),
        ("a.pdf", shown_in_pdf(b"[(SALA) -12 (INEN)] TJ")),
    ],
)
def test_markings_are_refused(name, content):
    with pytest.raises(ValidationError, match="classification marking"):
        checked(name, content)


def test_pdf_text_without_marking_passes():
    assert checked("a.pdf", shown_in_pdf(b"(salainen puutarha) Tj (T L) Tj (kohta IV) Tj"))


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (PDF.replace(b"trailer", b"stream\n" * 600_000 + b"trailer"), "pdf"),
        (shown_in_pdf(b"\\(" * 900_000), "pdf"),
        (docx("<a:b" * 400_000), "docx"),
    ],
)
def test_files_made_to_be_slow_are_not(content, ending):
    began = timezone.now()

    checked(f"a.{ending}", content)

    assert timezone.now() - began < datetime.timedelta(seconds=5)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/cv.pdf", "cv.pdf"),
        ("C:\\Users\\Maija\\cv.pdf", "cv.pdf"),
        ("a.html.pdf", "a-html.pdf"),
        ("a.html\x00.pdf", "a-html.pdf"),
        ("cv\u202efdp.pdf", "cvfdp.pdf"),
        ("Hakemus 1.2.2026.pdf", "Hakemus 1.2.2026.pdf"),
        ('a"b;c\r\nd.pdf', "a-b-c d.pdf"),
        ("😀.pdf", "😀.pdf"),
        (".pdf", "file.pdf"),
        ("ä" * 300 + ".PDF", "ä" * files.LONGEST_NAME + ".pdf"),
        ("cv.pdf. ", "cv.pdf"),
    ],
)
def test_names_are_made_fit(given, name):
    assert files.clean_name(given) == name


def test_stored_name_is_our_own_and_the_given_one_is_only_said():
    upload = checked("Öljy “työ”.pdf", PDF)
    stored = files.store(upload, "applications")

    answer = files.answer(stored, upload.name)

    assert stored.startswith("applications/")
    assert "ljy" not in stored
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith(
        "attachment; filename*=utf-8''%C3%96ljy"
    )
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_missing_file_is_told_apart():
    with pytest.raises(files.FileMissing):
        files.answer("applications/gone.pdf", "cv.pdf")


def test_sweep_removes_what_no_row_knows_after_a_day(monkeypatch):
    names = [default_storage.save(f"swept/{n}.txt", ContentFile(b"x")) for n in ("kept", "orphan")]

    assert files.sweep("swept", lambda chunk: {names[0]} & set(chunk)) == 0
    monkeypatch.setattr(files, "FRESH", datetime.timedelta(0))
    assert files.sweep("swept", lambda chunk: {names[0]} & set(chunk)) == 1
    assert [default_storage.exists(name) for name in names] == [True, False]
    assert files.sweep("no such folder", set) == 0


def test_field_takes_no_more_than_its_limit_and_tells_every_fault():
    field = files.FilesField(required=False)
    good, bad = SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.exe", b"MZ")

    with pytest.raises(ValidationError, match="At most 3 files"):
        field.clean([good] * 4)
    with pytest.raises(ValidationError) as faults:
        field.clean([bad, bad])
    assert len(faults.value.messages) == 2
    assert field.clean(None) == []
