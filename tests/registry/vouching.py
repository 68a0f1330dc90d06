"""A provider that vouches for people of the centre and of an insurer, the latter by e-mail too."""

from maksa.registry.parties.providers import Provider
from maksa.registry.parties.single_sign_on import Vouched
from maksa.text import Text

KEY = b"k" * 32
SECRET = "the secret of our client"
PROVIDER = Provider(
    "national",
    Text("درگاه ملی", "National"),
    "https://id.example/realms/x",
    "maksa",
    ("centre", "tamin"),
    ("tamin",),
)


def vouched(subject="s-1", email=None, nonce="nonce"):
    """Make what a provider says of somebody."""
    return Vouched(subject, email, nonce)
