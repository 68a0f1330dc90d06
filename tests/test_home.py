"""A home: made once, opened by many, refused when it is none."""

import multiprocessing
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from maksa.errors import BadInput, WrongState
from maksa.home import open_home
from maksa.registry.parties.clients import add_sandbox_client
from maksa.registry.tables import fact
from maksa.registry.unanswered import list_unanswered

FORK = multiprocessing.get_context("fork")


def test_a_new_home_is_whole_and_opens_again_with_the_same_keys(tmp_path):
    """Making a home twice changes nothing in it."""
    made = open_home(tmp_path / "deep" / "home", create=True)

    again = open_home(tmp_path / "deep" / "home", create=True)
    plain = open_home(tmp_path / "deep" / "home")

    assert made.path == tmp_path / "deep" / "home"
    assert made.token_key == again.token_key == plain.token_key
    assert len(made.token_key) == 32
    assert list(plain.shelf.ids()) == []
    assert all(entry.entry is None for entry in plain.service.catalogue())
    assert {path.name for path in made.path.iterdir()} >= {"editions", "letters", "keys", "registry.sqlite"}


def test_a_made_home_has_the_known_letters(tmp_path):
    """Also one whose letters a kill left out; a home that is only opened is not written to."""
    made = open_home(tmp_path / "home", create=True)
    numbers = {letter.number for letter in made.shelf.all_letters()}
    for path in made.shelf.letters.folder.glob("110%2F1*.json"):
        path.unlink()

    opened = {page.letter.number for page in open_home(made.path).service.letters().letters}
    again = {page.letter.number for page in open_home(made.path, create=True).service.letters().letters}

    assert {"110/356", "110/130", "100/1215"} <= numbers == again
    assert opened < numbers


def test_secrets_are_for_the_owner_only(tmp_path):
    """Keys have mode 0600 in a folder of mode 0700."""
    home = open_home(tmp_path, create=True)

    assert stat.S_IMODE((home.path / "keys").stat().st_mode) == 0o700
    for name in ("token.key", "signing.pem"):
        assert stat.S_IMODE((home.path / "keys" / name).stat().st_mode) == 0o600


def test_a_folder_that_is_no_home_is_refused_and_left_alone(tmp_path):
    """Without `create` nothing is made, and the mend says what to do."""
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(BadInput, match="not a home") as refusal:
            open_home(path)
        assert refusal.value.mend is not None

    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_a_folder_is_a_clear_error(tmp_path):
    """A home cannot be made in a file or below one."""
    file = tmp_path / "file"
    file.write_text("x")

    for path in (file, file / "home"):
        with pytest.raises(BadInput, match="cannot be used"):
            open_home(path, create=True)


def test_a_relative_path_stays_where_it_was(tmp_path, monkeypatch):
    """A home named by a relative path works after the working folder changed."""
    monkeypatch.chdir(tmp_path)
    home = open_home(Path("home"), create=True)
    monkeypatch.chdir("/")

    add_sandbox_client(home.registry)

    assert home.clients.current("sandbox").sandbox


def test_a_home_in_a_folder_with_a_strange_name(tmp_path):
    """Spaces, question marks and Persian letters in the path are no obstacle."""
    home = open_home(tmp_path / "خانهٔ من? 100%", create=True)

    add_sandbox_client(home.registry)

    assert (home.path / "registry.sqlite").is_file()


def test_the_registry_may_lie_elsewhere(tmp_path):
    """A database URL takes the place of the file in the home."""
    url = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"

    home = open_home(tmp_path / "home", create=True, registry_url=url)

    add_sandbox_client(home.registry)
    assert not (home.path / "registry.sqlite").exists()
    assert open_home(home.path, registry_url=url).clients.current("sandbox").sandbox


def test_a_registry_of_a_newer_program_stops_the_opening(tmp_path):
    """A home that a newer program made is not touched by an older one."""
    home = open_home(tmp_path, create=True)
    with home.registry.writing() as connection:
        connection.execute(fact.update().values(value="99"))

    with pytest.raises(WrongState, match="newer program"):
        open_home(tmp_path)


def test_a_registry_may_be_opened_later_and_is_refused_then(tmp_path):
    """The lists answer; who needs the registry is told what is wrong with it, each time, until it is mended."""
    (open_home(tmp_path, create=True).path / "registry.sqlite").write_bytes(b"no database at all, " * 300)
    home = open_home(tmp_path, registry_later=True)

    home.service.search("ققنوس")
    home.unanswered.write()
    for ask in (lambda: home.registry, lambda: home.clients.current("sandbox")):
        with pytest.raises(BadInput, match="registry's database cannot be used"):
            ask()

    for file in tmp_path.glob("registry.sqlite*"):
        file.unlink()
    add_sandbox_client(home.registry)
    home.unanswered.write()
    assert home.clients.current("sandbox").sandbox
    assert home.clients.authenticate("sandbox", "sandbox").sandbox
    home.clients.authenticate_user(home.clients.current("sandbox"), "sandbox", "sandbox")
    assert [one.words for one in list_unanswered(home.registry)] == ["ققنوس"]


def test_questions_of_a_home_load_no_sql_toolkit(tmp_path):
    """A home whose registry is opened later starts without it."""
    open_home(tmp_path, create=True)
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from maksa.home import open_home\n"
        "open_home(Path(sys.argv[1]), registry_later=True).service.search('x')\n"
        "print(*{'sqlalchemy', 'argon2', 'openpyxl'} & set(sys.modules))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=60, check=True
    )

    assert done.stdout.strip() == ""


def make(folder: Path, start, keys) -> None:
    """Make a home in a process of its own, at the same time as others."""
    start.wait(60)
    keys.put(open_home(folder, create=True).token_key)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # Forked beside threads.
def test_several_processes_make_a_home_at_once(tmp_path):
    """All of them get the same home, with the same keys."""
    start, keys = FORK.Barrier(3), FORK.Queue()
    processes = [FORK.Process(target=make, args=(tmp_path / "home", start, keys)) for _ in range(3)]
    for process in processes:
        process.start()
    made = {keys.get(timeout=60) for _ in processes}
    for process in processes:
        process.join()

    assert made == {open_home(tmp_path / "home").token_key}
    assert len(os.listdir(tmp_path / "home" / "keys" / "trusted")) == 1  # noqa: PTH208


def test_a_registry_stands_elsewhere_when_its_url_is_set(tmp_path, monkeypatch):
    """What the environment names is opened, and no file of the home; a URL that is given wins."""
    monkeypatch.setenv("MAKSA_REGISTRY_URL", f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")

    home = open_home(tmp_path / "home", create=True)
    add_sandbox_client(home.registry)

    assert (tmp_path / "elsewhere.sqlite").is_file()
    assert not (home.path / "registry.sqlite").exists()
    given = f"sqlite:///{tmp_path / 'given.sqlite'}"
    assert open_home(home.path, registry_url=given).registry.url.database == str(tmp_path / "given.sqlite")
