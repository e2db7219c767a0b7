"""A pressed button does its work once, whatever the network and the hand do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.http import HttpResponse, HttpResponseBase
from django.test import RequestFactory

from suprovid.journal.actions import record
from suprovid.journal.models import Fact
from suprovid.journal.rules import Actor, Channel
from suprovid.lib.decision import Forbidden, Reason, Refused, Stale, invalid
from suprovid.web.doing import Answer, Busy, Doing, InFlight, do_once, perform
from suprovid.web.http import PersonRequest
from suprovid.web.models import OnceKey

MONDAY = datetime(2026, 4, 20, 8, tzinfo=UTC)
KEY = "a-key-of-this-form"


class Note(forms.Form):
    text = forms.CharField()


def pressed(headers: dict[str, str] | None = None, **data: Any) -> PersonRequest:
    request = RequestFactory().post("/notes/7/", data, headers=headers)
    request.actor = Actor(7, Channel.PAGE, MONDAY)  # type: ignore[attr-defined]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return cast(PersonRequest, request)


def write(text: str = "") -> Fact:
    subject = OnceKey(pk=7)
    actor = Actor(7, Channel.PAGE, MONDAY)
    return record(kind="core.note", actor=actor, subject=subject, details={"t": text})


def send(
    request: PersonRequest, work: Callable[[Any], Any] | None = None
) -> HttpResponseBase:
    return perform(
        request,
        "core.note",
        Note(request.POST),
        work=work or (lambda data: write(data["text"])),
        done=lambda fact: f"/notes/{fact.pk}/",
        again=lambda form: HttpResponse(form.errors.as_text() if form else ""),
    )


def said(request: PersonRequest) -> list[str]:
    return [message.level_tag for message in get_messages(request)]


@pytest.mark.django_db
def test_a_sent_form_is_done_and_leads_on() -> None:
    request = pressed(_once=KEY, text="hello")
    answer = send(request)
    assert (answer.status_code, said(request)) == (303, ["success"])
    assert Fact.objects.get().details == {"t": "hello"}


@pytest.mark.django_db
def test_a_second_press_gets_the_first_answer_and_does_nothing() -> None:
    first = send(pressed(_once=KEY, text="hello"))
    request = pressed(_once=KEY, text="hello")
    second = send(request)
    assert second.headers["Location"] == first.headers["Location"]
    assert Fact.objects.count() == 1
    assert said(request) == ["info"]


@pytest.mark.django_db
def test_one_key_does_not_carry_other_words_or_other_files() -> None:
    send(pressed(_once=KEY, text="hello", f=SimpleUploadedFile("a.pdf", b"one")))
    words = send(pressed(_once=KEY, text="bye", f=SimpleUploadedFile("a.pdf", b"one")))
    file = send(pressed(_once=KEY, text="hello", f=SimpleUploadedFile("a.pdf", b"2")))
    assert (words.status_code, file.status_code) == (422, 422)
    assert Fact.objects.count() == 1


@pytest.mark.django_db
def test_two_people_may_have_the_same_key() -> None:
    send(pressed(_once=KEY, text="hello"))
    other = pressed(_once=KEY, text="hello")
    other.actor = Actor(8, Channel.PAGE, MONDAY)
    assert send(other).status_code == 303
    assert Fact.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key", ["", "short", "x" * 121, "with-a-\x00zero", "ключ-ключ"]
)
def test_a_form_without_a_good_key_is_a_bad_request(key: str) -> None:
    with pytest.raises(BadRequest):
        send(pressed(_once=key, text="hello"))


@pytest.mark.django_db
def test_a_wrong_value_shows_the_form_again_and_keeps_no_key() -> None:
    answer = send(pressed(_once=KEY, text=""))
    assert answer.status_code == 422
    assert not OnceKey.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refused(Reason("Closed.")), 409),
        (Forbidden(Reason("Not yours.")), 403),
        (Stale(Reason("Changed.")), 412),
        (invalid("text", "Too rude."), 422),
    ],
)
def test_a_refusal_undoes_everything_and_says_why(
    refusal: Refused, status: int
) -> None:
    def work(data: Any) -> Fact:
        write()
        raise refusal

    answer = send(pressed(_once=KEY, text="hello"), work)
    assert answer.status_code == status
    assert str(refusal.reason) in cast(HttpResponse, answer).content.decode()
    assert not Fact.objects.exists()
    assert not OnceKey.objects.exists()


@pytest.mark.django_db
def test_after_a_refusal_the_same_form_may_be_sent_again() -> None:
    def refuse(data: Any) -> Fact:
        raise Refused(Reason("Closed."))

    send(pressed(_once=KEY, text="hello"), refuse)
    assert send(pressed(_once=KEY, text="hello")).status_code == 303


@pytest.mark.django_db
def test_a_fragment_is_told_to_open_the_page() -> None:
    answer = send(pressed({"HX-Request": "true"}, _once=KEY, text="hello"))
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/notes/")


@pytest.mark.django_db(transaction=True)
def test_a_deadlock_is_tried_again_and_then_it_works() -> None:
    tries = iter([OperationalError("database is locked"), None])
    answer = do_once(doing(), lambda: attempt(tries))
    assert answer.status == 201
    assert Fact.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_after_three_deadlocks_nothing_is_written_and_it_says_so() -> None:
    tries = iter([OperationalError("database is locked")] * 3)
    with pytest.raises(Busy):
        do_once(doing(), lambda: attempt(tries))
    assert not Fact.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_is_read_from_its_beginning_at_every_try() -> None:
    tries = iter([OperationalError("database is locked"), None])
    request = pressed(_once=KEY, text="hello", f=SimpleUploadedFile("a.pdf", b"one"))
    read: list[bytes] = []

    def work(data: Any) -> Fact:
        read.append(cast(Any, request.FILES["f"]).read())
        if (error := next(tries)) is not None:
            raise error
        return write()

    assert send(request, work).status_code == 303
    assert read == [b"one", b"one"]


def doing(digest: str = "d") -> Doing:
    return Doing("person:7", "core.note", KEY, digest, MONDAY)


def attempt(tries: Iterator[OperationalError | None]) -> Answer:
    fact = write()
    if (error := next(tries)) is not None:
        raise error
    return Answer(201, {"id": fact.pk})


def in_threads(count: int, work: Callable[[], Any]) -> list[Any]:
    together = threading.Barrier(count)

    def one(_: int) -> Any:
        try:
            together.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_thirty_two_presses_at_once_write_one_fact_and_get_one_answer() -> None:
    def work() -> Answer:
        return Answer(201, {"id": write().pk})

    answers = in_threads(32, lambda: do_once(doing(), work))
    assert Fact.objects.count() == 1
    assert {answer.body["id"] for answer in answers} == {Fact.objects.get().pk}
    assert sum(not answer.repeated for answer in answers) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_does_not_wait_is_told_that_it_is_in_flight() -> None:
    begun, finish = threading.Event(), threading.Event()

    def slow() -> Answer:
        begun.set()
        assert finish.wait(10)
        return Answer(201, {"id": write().pk})

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(do_once, doing(), slow, wait=False)
        assert begun.wait(10)
        with pytest.raises(InFlight):
            do_once(doing(), slow, wait=False)
        finish.set()
        first.result(10)
        pool.submit(lambda: connection.close()).result()
    assert Fact.objects.count() == 1
