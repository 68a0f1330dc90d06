"""OpenID Connect as a relying party: the authorization code with PKCE, and what is believed of an ID token.

    address, pending = begin(party, redirect_uri)     the browser is sent to the address; pending is kept for it
    claims = finish(party, pending, query)            with the query with which the browser comes back

Nothing here knows the desk, its people or HTTP's other side: a door keeps `pending` (web/portal/desk), and the registry says
whom the claims mean. It blocks for as long as the provider takes, 5 s a question at most, so it is asked in a pool of its own.
Source: OpenID Connect Core 1.0, Discovery 1.0, RP-Initiated Logout 1.0; RFC 6749, 7636 (PKCE), 9207 (`iss`), 9700.
"""
