"""An edition turns out wrong: it is withdrawn while the server runs, and the one before it answers again."""

from __future__ import annotations

import time

from program import need_curl


def test_rollback(maksa, tmp_path):
    """Nothing is restarted, nothing is lost, and the name is not taken by other content."""
    need_curl()
    source = tmp_path / "herbs.csv"
    arguments = ("import", source, "--profile", "generic", "--terminology", "herbs", "--publish")
    source.write_text("code,display\n1001,بابونه\n", encoding="utf-8")
    assert maksa(*arguments, "--edition", "1").status == 0

    with maksa.start("serve", "--workers", 2) as server:
        source.write_text("code,display\n1001,اشتباه\n", encoding="utf-8")
        assert maksa(*arguments, "--edition", "2").status == 0
        assert _until(server, "2") == "اشتباه"

        assert maksa("publish", "herbs", "2", "--withdraw", "--reason", "عنوان نادرست").status == 0
        assert _until(server, "1") == "بابونه"
        assert maksa(*arguments, "--edition", "2").status == 2
        assert maksa("show", "herbs", "1001", "--edition", "2").status == 0

        assert maksa("publish", "herbs", "2", "--restore").status == 0
        assert _until(server, "2") == "اشتباه"
        status, out, _ = server.stop()

    assert (status, out) == (0, "")
    assert maksa("doctor").status == 0


def _until(server, edition):
    """Ask until an edition answers, for ten seconds, and give its title of the code."""
    deadline = time.monotonic() + 10
    while True:
        answer = server.curl("/api/v1/terminologies/herbs/concepts/1001")
        if answer["editions"][0]["edition"] == edition:
            return answer["concept"]["display"]
        assert time.monotonic() < deadline, answer
        time.sleep(0.2)
