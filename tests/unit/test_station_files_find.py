import gzip
import os
import pickle
import zipfile
from datetime import date

import pytest

from sources.reasons import describe
from sources.station_files import UnreadableFile, archive, find, looks_like_station_file
from sources.station_files.find import day_in_name

DATA = b"date,hour,type,1001A\n20190102,0,O3,7\n"


def put(folder, name, data=DATA, modified=1_000):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, ns=(modified, modified))
    return path


def names(files, folder):
    return [file.path.removeprefix(f"{folder}/") for file in files]


def refused(folder, **options):
    files, refusals = find(folder, **options)
    for refusal in refusals:
        assert "?" not in describe(refusal.reason_code, **refusal.values)[0]
    return files, {refusal.path.rsplit("/", 1)[-1]: refusal.reason_code for refusal in refusals}


def failure(ref):
    with pytest.raises(UnreadableFile) as caught:
        ref.read_bytes()
    return caught.value.reason_code


def make_zip(path, members, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as target:
        for name, data in members:
            target.writestr(name, data)
    return path


def test_files_come_in_the_order_of_modification_and_path(tmp_path):
    put(tmp_path, "b.csv", modified=5)
    put(tmp_path, "sub/z.CSV", modified=5)
    put(tmp_path, "a.csv", modified=9)
    put(tmp_path, "targets.xlsx", modified=1)
    files, refusals = find(tmp_path)
    assert names(files, tmp_path) == ["targets.xlsx", "b.csv", "sub/z.CSV", "a.csv"]
    assert refusals == []
    assert (files[1].read_bytes(), files[1].size_bytes, files[1].modified_ns) == (DATA, len(DATA), 5)


def test_hidden_and_unfinished_files_are_passed_over(tmp_path):
    for name in (".a.csv", ".hidden/a.csv", "a.csv.part", "b.csv.TMP", "c.csv.crdownload", "sub/.x/a.csv"):
        put(tmp_path, name)
    (tmp_path / "folder.csv").mkdir()
    assert find(tmp_path) == ([], [])


def test_one_file_or_archive_may_be_given(tmp_path):
    path = put(tmp_path, "china_sites_20190102.csv")
    (only,), _ = find(path)
    assert (only.path, only.day_in_name) == (str(path), date(2019, 1, 2))
    (member,), _ = find(make_zip(tmp_path / "a.zip", [("x/2019-01-03.csv", DATA)]))
    assert member.path.endswith("a.zip!x/2019-01-03.csv")
    assert (member.read_bytes(), member.day_in_name) == (DATA, date(2019, 1, 3))


def test_what_does_not_exist_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        find(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("china_sites_20190102.csv", date(2019, 1, 2)),
        ("2019-01-02 站点.csv", date(2019, 1, 2)),
        ("20190230.csv", None),
        ("2019-0102.csv", None),
        ("120190102.csv", None),
        ("20190102_20190131.csv", None),
        ("20190102_20190102.csv", date(2019, 1, 2)),
        ("sites.csv", None),
    ],
)
def test_day_in_name(name, expected):
    assert day_in_name(name) == expected


def test_links_must_not_lead_out(tmp_path):
    outside = put(tmp_path, "outside/secret.csv").parent
    inside = tmp_path / "landing"
    put(inside, "real/a.csv")
    (inside / "out.csv").symlink_to(outside / "secret.csv")
    (inside / "outfolder").symlink_to(outside)
    (inside / "in.csv").symlink_to(inside / "real/a.csv")
    (inside / "broken.csv").symlink_to(inside / "gone.csv")
    (inside / "loop.csv").symlink_to(inside / "loop.csv")
    files, reasons = refused(inside)
    assert sorted(names(files, inside)) == ["in.csv", "real/a.csv"]
    assert reasons.pop("out.csv") == reasons.pop("outfolder") == "path_escapes"
    assert reasons == {"broken.csv": "unreadable", "loop.csv": "unreadable"}


def test_a_link_to_a_folder_inside_is_no_second_copy(tmp_path):
    put(tmp_path, "real/a.csv")
    (tmp_path / "again").symlink_to(tmp_path / "real")
    files, _ = find(tmp_path)
    assert names(files, tmp_path) == ["real/a.csv"]


def test_pipes_are_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    assert refused(tmp_path) == ([], {"pipe.csv": "not_regular_file"})


def test_large_files_are_refused_unread_and_when_they_grew(tmp_path):
    put(tmp_path, "big.csv", b"x" * 101)
    growing = put(tmp_path, "growing.csv", b"x" * 100)
    (file,), reasons = refused(tmp_path, max_bytes=100)
    assert reasons == {"big.csv": "too_large"}
    growing.write_bytes(b"x" * 101)
    assert failure(file) == "too_large"


def test_a_file_that_cannot_be_read(tmp_path, monkeypatch):
    path = put(tmp_path, "a.csv")
    (file,), _ = find(tmp_path)
    path.unlink()
    assert failure(file) == "unreadable"

    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", denied)
    assert failure(file) == "unreadable"


def test_names_that_are_no_text_can_be_shown(tmp_path):
    put(tmp_path, os.fsdecode(b"\xb3\xc7.csv"))
    (file,), _ = find(tmp_path)
    assert file.path.encode().endswith(b"\\xb3\\xc7.csv") and file.read_bytes() == DATA


def test_gzip(tmp_path):
    put(tmp_path, "20190102.csv.gz", gzip.compress(DATA))
    put(tmp_path, "bomb.csv.gz", gzip.compress(b"0" * 1_000_000))
    put(tmp_path, "cut.csv.gz", gzip.compress(DATA)[:-5])
    put(tmp_path, "no.csv.gz", b"hello")
    files = {file.path.rsplit("/", 1)[-1]: file for file in find(tmp_path)[0]}
    assert files["20190102.csv.gz"].read_bytes() == DATA
    assert failure(files["bomb.csv.gz"]) == "zip_bomb"
    assert failure(files["cut.csv.gz"]) == failure(files["no.csv.gz"]) == "zip_corrupt"


@pytest.mark.parametrize(
    "name", ["../a.csv", "x/../../a.csv", "/etc/a.csv", "..\\a.csv", "C:\\a.csv", "\\\\server\\a.csv"]
)
def test_members_must_not_lead_out(tmp_path, name):
    make_zip(tmp_path / "a.zip", [(name, DATA), ("good.csv", DATA)])
    files, reasons = refused(tmp_path)
    assert [file.path.rsplit("!")[-1] for file in files] == ["good.csv"]
    assert list(reasons.values()) == ["path_escapes"]


def test_members_that_are_not_opened(tmp_path):
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    make_zip(
        tmp_path / "a.zip",
        [
            ("in.zip", b"PK"),
            ("in.csv.gz", b"x"),
            (link, b"/etc/passwd"),
            (".x.csv", b"x"),
            ("__MACOSX/b.csv", b"x"),
        ],
    )
    files, reasons = refused(tmp_path)
    assert files == []
    assert reasons == {
        "a.zip!in.zip": "nested_zip",
        "a.zip!in.csv.gz": "nested_zip",
        "a.zip!link.csv": "not_regular_file",
    }


def test_bombs_are_seen_from_the_directory(tmp_path, monkeypatch):
    make_zip(tmp_path / "ratio.zip", [("a.csv", b"0" * 1_000_000)])
    make_zip(tmp_path / "size.zip", [("a.csv", os.urandom(2_000))])
    assert set(refused(tmp_path, max_bytes=1_500)[1].values()) == {"zip_bomb"}
    assert set(refused(tmp_path)[1]) == {"ratio.zip!a.csv"}
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    make_zip(tmp_path / "many.zip", [(f"{i}.csv", DATA) for i in range(3)])
    assert refused(tmp_path)[1]["many.zip"] == "zip_bomb"
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 2 * len(DATA))
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    assert refused(tmp_path)[1]["many.zip"] == "zip_bomb"


def test_a_bomb_that_lies_about_its_size_is_stopped_while_reading(tmp_path):
    path = make_zip(tmp_path / "a.zip", [("a.csv", b"0" * 3_000_000)])
    size = (3_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (500).to_bytes(4, "little")))
    (file,), _ = find(path)
    assert failure(file) in ("zip_bomb", "zip_corrupt")


def test_the_limit_counts_bytes_that_come_out(tmp_path):
    path = make_zip(tmp_path / "a.zip", [("a.csv", os.urandom(50_000))])
    with pytest.raises(UnreadableFile) as caught:
        archive.read_member(path, "a.csv", 10_000)
    assert caught.value.reason_code == "zip_bomb"


def test_encrypted_and_damaged_archives(tmp_path):
    path = make_zip(tmp_path / "secret.zip", [("a.csv", DATA)])
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    put(tmp_path, "broken.zip", b"PK\x03\x04 nothing")
    put(tmp_path, "empty.zip", b"")
    assert refused(tmp_path)[1] == {
        "secret.zip!a.csv": "zip_encrypted",
        "broken.zip": "zip_corrupt",
        "empty.zip": "zip_corrupt",
    }


def test_a_member_with_damaged_content(tmp_path):
    path = make_zip(tmp_path / "a.zip", [("a.csv", DATA * 50)], zipfile.ZIP_STORED)
    data = path.read_bytes()
    at = data.index(b"20190102")
    path.write_bytes(data[:at] + b"9" + data[at + 1 :])
    (file,), _ = find(path)
    assert failure(file) == "zip_corrupt"


def test_member_names_in_gb18030(tmp_path):
    path = make_zip(tmp_path / "a.zip", [("AAAA20190102.csv", DATA)])
    path.write_bytes(path.read_bytes().replace(b"AAAA", "站点".encode("gb18030")))
    (file,), _ = find(path)
    assert file.path.endswith("!站点20190102.csv") and file.read_bytes() == DATA


def test_references_and_errors_travel_between_processes(tmp_path):
    make_zip(tmp_path / "a.zip", [("a.csv", DATA)])
    (file,), _ = find(tmp_path)
    assert pickle.loads(pickle.dumps(file)).read_bytes() == DATA
    error = pickle.loads(pickle.dumps(UnreadableFile("zip_bomb", found="x")))
    assert (type(error), error.reason_code, error.values) == (UnreadableFile, "zip_bomb", {"found": "x"})
    assert looks_like_station_file(DATA)
