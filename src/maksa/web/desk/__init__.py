"""What both floors of the desk share: who acts (acting.py), and a browser's session (cookies.py).

The desk's routes of the native API are in web/api/desk, its pages in web/portal/desk. They load the registry, which loads
an SQL toolkit; so the tables of routes name them by `module.function`, and each is loaded when it is first asked.
"""
