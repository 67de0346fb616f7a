"""The pages of a team: signing in and out, one's own password and tokens, and for admins the accounts of all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Response

from sijill.desk import views
from sijill.desk.accounts import LONGEST, RefusedError, Team, TooOftenError
from sijill.desk.passwords import LEAST, MOST
from sijill.desk.protect import FORM_COOKIE
from sijill.desk.rights import RIGHTS, ROLES, TOKEN_RIGHTS, Person, needs
from sijill.desk.team import COOKIE, address, safe_next
from sijill.export.html import words

__all__ = ["HANDLERS"]

_Request = Request[Any, Any, Any]
_Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
_DONE = {"password", "signed_out", "revoked", "saved"}
_SMALL = 1 << 16
"""Bytes of a form; what nobody signed in sends is not held for long."""

_get = partial(get, sync_to_thread=True, include_in_schema=False)
_post = partial(post, sync_to_thread=True, include_in_schema=False, status_code=303, request_max_body_size=_SMALL)


def _team(request: _Request) -> Team:
    team: Team = request.app.state["team"]
    return team


def _name_of(request: _Request) -> str:
    person: Person = request.scope["user"]
    return person.name


def _given(data: dict[str, Any], field: str) -> str:
    value = data.get(field, "")
    return value if isinstance(value, str) else ""


def _all_given(data: dict[str, Any], field: str) -> list[str]:
    value = data.get(field, [])
    return [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]


def _page(request: _Request, template: str, refused: RefusedError | None = None, **values: Any) -> Response[str]:
    """A page that also says what was done, by the address, or what was refused, with the status that this has."""
    done = request.query_params.get("done", "")
    status = 200 if refused is None else 429 if isinstance(refused, TooOftenError) else 400
    page = views.page(
        request,
        template,
        status=status,
        account=partial(words, "account"),
        refused=refused.said if refused else None,
        done=words("account", f"done_{done}") if done in _DONE and refused is None else None,
        least=LEAST,
        most=MOST,
        **values,
    )
    if isinstance(refused, TooOftenError):
        page.headers["Retry-After"] = str(refused.wait)
    return page


# --- signing in and out ----------------------------------------------------------------------------------------------


@_get("/sign-in", opt=needs(None))
def sign_in_page(request: _Request) -> Response[Any]:
    """The form to sign in; whoever did goes on."""
    wanted = safe_next(request.query_params.get("next"))
    if request.scope["user"] is not None:
        return Redirect(wanted, status_code=303)
    return _page(request, "sign-in.html", next=wanted, name="")


@_post("/sign-in", opt=needs(None))
def sign_in(request: _Request, data: _Form) -> Response[Any]:
    """Begin a session, always a new one: a cookie that somebody planted opens nothing."""
    wanted, name = safe_next(_given(data, "next")), _given(data, "name")
    try:
        token = _team(request).sign_in(name, _given(data, "password"), address(request))
    except RefusedError as refused:
        return _page(request, "sign-in.html", refused, next=wanted, name=name[:100])
    _end_session(request)
    going = Redirect(wanted, status_code=303)
    secure: bool = request.app.state["secure"]
    going.set_cookie(COOKIE, token, path="/", httponly=True, samesite="strict", secure=secure)
    going.delete_cookie(FORM_COOKIE)
    return going


@_post("/sign-out", opt=needs("own"))
def sign_out(request: _Request) -> Redirect:
    """End the session."""
    _end_session(request)
    return _to_sign_in("signed_out")


def _end_session(request: _Request) -> None:
    session = request.cookies.get(COOKIE)
    if session:
        _team(request).sign_out(session)


def _to_sign_in(done: str) -> Redirect:
    going = Redirect(f"/sign-in?done={done}", status_code=303)
    going.delete_cookie(COOKIE)
    going.delete_cookie(FORM_COOKIE)
    return going


# --- one's own account -----------------------------------------------------------------------------------------------


@_get("/account", opt=needs("own"))
def account_page(request: _Request) -> Response[str]:
    """One's own account: the password, and the tokens of one's programs."""
    return _own(request)


def _own(request: _Request, refused: RefusedError | None = None, token: str | None = None) -> Response[str]:
    person: Person = request.scope["user"]
    return _page(
        request,
        "account.html",
        refused,
        tokens=_team(request).tokens(person.name),
        rights=[right for right in RIGHTS if right in TOKEN_RIGHTS and person.may(right)],
        longest=LONGEST,
        token=token,
    )


@_post("/account/password", opt=needs("own"))
def own_password(request: _Request, data: _Form) -> Response[Any]:
    """Change one's own password. All sessions end, this one too, so that the new password is tried at once."""
    try:
        new = _twice(data)
        _team(request).change_own(_name_of(request), _given(data, "old"), new, address(request))
    except RefusedError as refused:
        return _own(request, refused)
    return _to_sign_in("password")


@_post("/account/tokens", opt=needs("own"))
def make_token(request: _Request, data: _Form) -> Response[Any]:
    """Make a token, and show it this once."""
    days = _given(data, "days")
    try:
        token = _team(request).make_token(
            _name_of(request),
            _given(data, "password"),
            address(request),
            name=_given(data, "name"),
            rights=_all_given(data, "right"),
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0,
        )
    except RefusedError as refused:
        return _own(request, refused)
    page = _own(request, token=token)
    page.status_code = 200
    return page


@_post("/account/tokens/revoke", opt=needs("own"))
def revoke_token(request: _Request, data: _Form) -> Redirect:
    """Take back a token of one's own."""
    _team(request).revoke_token(_name_of(request), _given(data, "id"))
    return Redirect("/account?done=revoked", status_code=303)


# --- the accounts of all ---------------------------------------------------------------------------------------------


@_get("/accounts", opt=needs("manage"))
def accounts_page(request: _Request) -> Response[str]:
    """All accounts, for those who manage them."""
    return _all(request)


def _all(request: _Request, refused: RefusedError | None = None) -> Response[str]:
    return _page(request, "accounts.html", refused, accounts=_team(request).accounts(), roles=list(ROLES))


def _change(request: _Request, change: Callable[[Team, str], object]) -> Response[Any]:
    """Make a change, signed by who asks, and go back to the list."""
    try:
        change(_team(request), _name_of(request))
    except RefusedError as refused:
        return _all(request, refused)
    return Redirect("/accounts?done=saved", status_code=303)


@_post("/accounts", opt=needs("manage"))
def add_account(request: _Request, data: _Form) -> Response[Any]:
    """Make an account."""
    return _change(request, lambda team, by: team.add(_given(data, "name"), _given(data, "role"), _twice(data), by=by))


@_post("/accounts/role", opt=needs("manage"))
def change_role(request: _Request, data: _Form) -> Response[Any]:
    """Give an account another role."""
    return _change(request, lambda team, by: team.set_role(_given(data, "name"), _given(data, "role"), by=by))


@_post("/accounts/password", opt=needs("manage"))
def new_password(request: _Request, data: _Form) -> Response[Any]:
    """Give an account another password."""
    return _change(request, lambda team, by: team.set_password(_given(data, "name"), _twice(data), by=by))


@_post("/accounts/close", opt=needs("manage"))
def close_account(request: _Request, data: _Form) -> Response[Any]:
    """Close an account."""
    return _change(request, lambda team, by: team.close(_given(data, "name"), by=by))


@_post("/accounts/reopen", opt=needs("manage"))
def reopen_account(request: _Request, data: _Form) -> Response[Any]:
    """Reopen an account."""
    return _change(request, lambda team, by: team.reopen(_given(data, "name"), by=by))


def _twice(data: dict[str, Any]) -> str:
    """A new password, typed twice alike. Raises `RefusedError` where it is not."""
    new = _given(data, "new")
    if new != _given(data, "again"):
        raise RefusedError("not_alike")
    return new


HANDLERS = [
    sign_in_page,
    sign_in,
    sign_out,
    account_page,
    own_password,
    make_token,
    revoke_token,
    accounts_page,
    add_account,
    change_role,
    new_password,
    close_account,
    reopen_account,
]
