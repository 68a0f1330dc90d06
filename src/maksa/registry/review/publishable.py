"""When a draft may be published: who publishes, what its home asks of it, and whether its review and vote stand."""

from __future__ import annotations

from sqlalchemy import Connection

from maksa.editions.shelf import Shelf
from maksa.errors import Refused, WrongState
from maksa.registry.drafts.drafts import Draft
from maksa.registry.parties.people import Person
from maksa.registry.review.acting import Who, require_access
from maksa.registry.review.desk import require_unchanged
from maksa.registry.review.governance import governance_of
from maksa.registry.review.life import Life, involved_in, life_of
from maksa.registry.review.states import table
from maksa.text import Text


def require_publisher(connection: Connection, shelf: Shelf, draft: Draft, who: Who) -> Life:
    """Let somebody publish a draft: by role, by four eyes, and as its home asks; gives how the draft stands.

    The operator of the machine may where the home is not governed. Samples of a list that has no real edition are
    published in every home as in one that is not governed.
    Raises: Refused (role; the only one who made and edited it), NotAllowed, WrongState (not agreed, its review does not
            stand, or it is no longer what was submitted). Cost: reads a draft that was submitted.
    """
    governed = governance_of(connection).on and not _is_mere_sample(shelf, draft)
    require_access(connection, who, "edition-publish", person=governed)
    life = life_of(connection, draft.number, draft.name)
    if isinstance(who, Person) and involved_in(connection, life).makers == {who.login}:
        raise Refused(
            Text(
                fa=f"چهار چشم: «{who.login}» تنها کسی است که پیش‌نویس «{draft.name}» را وارد یا ویرایش کرده است و آن را منتشر نمی‌کند.",
                en=f"Four eyes: '{who.login}' alone imported and edited the draft '{draft.name}', and so may not publish it.",
            ),
            mend=Text(fa="از منتشرکنندهٔ دیگری بخواهید.", en="Ask another publisher."),
        )
    _require_state(life, governed=governed)
    if life.round:
        require_unchanged(connection, draft, life)
    return life


def require_revision(connection: Connection, draft: Draft, life: Life) -> None:
    """See that nothing was done to a draft since it was looked at. Raises: WrongState."""
    if life_of(connection, draft.number, draft.name) != life:
        raise WrongState(
            Text(
                fa=f"پیش‌نویس «{draft.name}» هنگام انتشار تغییر کرد؛ چیزی منتشر نشد.",
                en=f"The draft '{draft.name}' was changed while it was being published; nothing was published.",
            ),
            mend=Text(
                fa="آن را با «maksa drafts show» ببینید و دوباره منتشر کنید.",
                en="Look at it ('maksa drafts show') and publish again.",
            ),
        )


def _is_mere_sample(shelf: Shelf, draft: Draft) -> bool:
    entries = shelf.entries(draft.terminology.id)
    return draft.options.sample and all(entry.manifest.sample for entry in entries)


def _require_state(life: Life, *, governed: bool) -> None:
    rules = table().publish
    sources = rules["governed"] if governed else rules["submitted" if life.round else "plain"]
    if life.state in sources:
        return
    word, wanted = table().words[life.state], [table().words[state] for state in sources]
    why = (
        Text("در این خانه کارگروه تصمیم می‌گیرد", "the committee decides in this home")
        if governed
        else Text("برای بازبینی ارسال شده بود", "it was submitted for review")
    )
    raise WrongState(
        Text(
            fa=f"پیش‌نویس «{life.subject}» در وضعیت «{word.fa}» است و منتشر نمی‌شود: {why.fa}.",
            en=f"The draft '{life.subject}' is in the state '{word.en}' and is not published: {why.en}.",
        ),
        mend=Text(
            fa=f"نخست باید در یکی از این وضعیت‌ها باشد: {'، '.join(text.fa for text in wanted)}.",
            en=f"It must first be: {', '.join(text.en for text in wanted)}.",
        ),
        known=sources,
    )
