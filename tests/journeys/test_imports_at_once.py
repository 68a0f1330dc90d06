"""Several curators import into one edition at the same moment: none is told that others' content is theirs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

TITLES = ("بابونه", "نعناع", "آویشن", "زعفران")


def _import_all_at_once(maksa, folder, titles, *more):
    def start(number):
        path = folder / f"{number}.csv"
        path.write_text(f"code,display\n1001,{titles[number]}\n", encoding="utf-8")
        arguments = ("--profile", "generic", "--terminology", "herbs", "--edition", "1")
        return maksa("import", path, *arguments, *more, "--json")

    with ThreadPoolExecutor(len(titles)) as curators:
        return list(curators.map(start, range(len(titles))))


@pytest.mark.parametrize("attempt", range(3))
def test_other_content_under_one_name(maksa, tmp_path, attempt):
    """One is published, exactly as its curator was told; all others are refused with status 2."""
    folder = tmp_path / str(attempt)
    folder.mkdir()

    said = _import_all_at_once(maksa, folder, TITLES, "--publish")

    done = [number for number, one in enumerate(said) if one.status == 0]
    assert len(done) == 1, said
    assert {one.status for one in said} == {0, 2}
    published = said[done[0]].json["lists"][0]
    assert published["state"] == "published"
    assert maksa("list", "herbs", "--json").json["items"][0]["hash"] == published["hash"]
    assert maksa("show", "herbs", "1001", "--json").json["concept"]["display"] == TITLES[done[0]]
    assert all("other content" in one.err for one in said if one.status == 2)
    assert maksa("drafts", "list", "--json").json["total"] == 0
    assert maksa("doctor").status == 0


def test_the_same_content_under_one_name(maksa, tmp_path):
    """One publishes it, and the others find that it stands."""
    said = _import_all_at_once(maksa, tmp_path, ("بابونه",) * 3, "--publish")

    assert [one.status for one in said] == [0, 0, 0], said
    assert sorted(one.json["lists"][0]["state"] for one in said) == ["published", "unchanged", "unchanged"]


def test_a_draft_of_another_is_never_published_as_mine(maksa, tmp_path):
    """Beside those who publish at once, others only save drafts under the same name."""
    with ThreadPoolExecutor(2) as curators:
        (tmp_path / "drafts").mkdir()
        drafting = curators.submit(_import_all_at_once, maksa, tmp_path / "drafts", TITLES[:2])
        said = _import_all_at_once(maksa, tmp_path, TITLES[2:], "--publish")
        drafted = drafting.result()

    done = [number for number, one in enumerate(said) if one.status == 0]
    assert len(done) == 1, (said, drafted)
    shown = maksa("show", "herbs", "1001", "--json").json["concept"]["display"]
    assert shown == TITLES[2:][done[0]]
    assert {one.status for one in drafted} <= {0, 2}
