from __future__ import annotations

import threading

import numpy as np
import pytest

from latent_core.errors import CancelledError, InvalidInputError
from ui.background.job import HIDDEN_LEASE_S, LEASE_S
from ui.background.jobs import MAX_KEPT_JOBS, Jobs, format_duration


class Clock:
    """A clock that a test sets, and the visitors whose pages are connected."""

    def __init__(self) -> None:
        self.now, self.connected = 0.0, {"ann", "bob"}

    def __call__(self) -> float:
        return self.now

    def is_connected(self, visitor: str) -> bool:
        return visitor in self.connected

    def jobs(self, workers: int = 2, **options: bool) -> Jobs:
        return Jobs(workers, clock=self, is_connected=self.is_connected, **options)


class Work:
    """Work that reports whenever the test says so."""

    def __init__(self) -> None:
        self.started, self.go, self.reported = (threading.Semaphore(0) for _ in range(3))
        self.fraction, self.finished = 0.5, False

    def __call__(self, report, show) -> str:
        self.started.release()
        while not self.finished:
            self.go.acquire(timeout=5)
            report(self.fraction, "working")
            self.reported.release()
        return "done"

    def step(self) -> None:
        """Let it report once more, and wait until it has."""
        self.go.release()
        self.reported.acquire(timeout=5)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def running(jobs: Jobs, visitor: str, key: str = "k"):
    """A job of `visitor` that has started, and its work."""
    work = Work()
    job = jobs.submit(key, visitor, work)
    assert work.started.acquire(timeout=5)
    return job, work


def test_two_visitors_get_one_job():
    jobs, go, runs = Jobs(), threading.Event(), []

    def work(report, show):
        runs.append(1)
        go.wait(5)
        return 42

    first, second = jobs.submit("k", "ann", work), jobs.submit("k", "bob", work)
    go.set()
    assert first is second
    assert first.ended.wait(5)
    assert (first.result, runs) == (42, [1])
    assert jobs.submit("k", "cid", work) is first


def test_it_ends_when_no_page_has_asked_for_the_time_of_a_lease(clock):
    clock.connected.clear()
    job, work = running(clock.jobs(), "ann")
    clock.now = LEASE_S - 0.1
    work.step()
    job.renew("ann")
    clock.now += LEASE_S - 0.1
    work.step()
    clock.now += 0.2
    work.go.release()
    assert job.ended.wait(5)
    assert isinstance(job.error, CancelledError)


def test_one_of_two_visitors_keeps_it_alive(clock):
    clock.connected.clear()
    jobs = clock.jobs()
    job, work = running(jobs, "ann")
    clock.now = 4
    assert jobs.submit("k", "bob", work) is job
    clock.now = LEASE_S + 3
    work.step()
    clock.now = LEASE_S + 4
    work.go.release()
    assert job.ended.wait(5)


def test_a_hidden_page_that_is_connected_has_a_longer_lease(clock):
    job, work = running(clock.jobs(), "ann")
    clock.now = HIDDEN_LEASE_S - 1
    work.step()
    clock.connected.clear()
    work.go.release()
    assert job.ended.wait(5), "the tab was closed"


def test_a_page_that_was_drawn_anew_without_asking_has_only_the_short_lease(clock):
    jobs = clock.jobs()
    job, work = running(jobs, "ann")
    jobs.turn_page("ann")
    clock.now = LEASE_S - 0.1
    work.step()
    clock.now = LEASE_S + 0.1
    work.go.release()
    assert job.ended.wait(5)


def test_an_abandoned_job_starts_again_for_whoever_asks(clock):
    clock.connected.clear()
    jobs = clock.jobs()
    job, work = running(jobs, "ann")
    clock.now = LEASE_S
    work.go.release()
    assert job.ended.wait(5)
    again = jobs.submit("k", "ann", lambda report, show: 1)
    assert again is not job
    assert again.ended.wait(5)
    assert again.result == 1


def test_a_queued_job_that_nobody_wants_any_more_never_runs(clock):
    clock.connected.clear()
    jobs, runs = clock.jobs(workers=1), []
    _job, work = running(jobs, "ann")
    queued = jobs.submit("other", "bob", lambda report, show: runs.append(1))
    clock.now = LEASE_S - 1
    work.finished = True
    clock.now = LEASE_S
    work.go.release()
    assert queued.ended.wait(5)
    assert (runs, queued.result) == ([], None)


def test_a_visitor_has_one_map_at_a_time(clock):
    jobs = clock.jobs(workers=1, one_per_visitor=True)
    first, work = running(jobs, "ann", "first")
    second = jobs.submit("second", "ann", lambda report, show: 2)
    work.go.release()
    assert first.ended.wait(5)
    assert isinstance(first.error, CancelledError)
    assert second.ended.wait(5)
    assert second.result == 2


def test_what_another_visitor_wants_too_is_not_dropped(clock):
    jobs = clock.jobs(one_per_visitor=True)
    first, work = running(jobs, "ann", "first")
    jobs.submit("first", "bob", work)
    jobs.submit("second", "ann", lambda report, show: 2)
    work.step()
    assert not first.ended.is_set()
    work.finished = True
    work.go.release()
    assert first.ended.wait(5)
    assert first.result == "done"


def test_stop_ends_the_wait_at_once_and_the_work_if_nobody_else_waits(clock):
    jobs = clock.jobs()
    job, work = running(jobs, "ann")
    assert jobs.submit("k", "bob", work) is job
    job.points = np.zeros((1, 2), np.float32)
    jobs.stop(job, "ann")
    seen = jobs.submit("k", "ann", work)
    assert isinstance(seen.error, CancelledError)
    assert seen.points is job.points
    work.step()
    assert not job.ended.is_set(), "bob waits for it"
    jobs.stop(job, "bob")
    work.go.release()
    assert job.ended.wait(5)
    jobs.dismiss(seen, "ann")
    assert jobs.submit("k", "ann", lambda report, show: 1).ended.wait(5)


def test_a_failure_is_given_to_visitors_who_waited_and_others_restart_it():
    jobs = Jobs()

    def fail(report, show):
        raise InvalidInputError("no")

    job = jobs.submit("k", "ann", fail)
    assert job.ended.wait(5)
    assert str(job.error) == "no"
    assert jobs.submit("k", "ann", fail) is job
    jobs.dismiss(job, "ann")
    again = jobs.submit("k", "ann", lambda report, show: 1)
    assert again is not job
    assert jobs.submit("k", "bob", fail) is again
    assert again.ended.wait(5)
    assert again.result == 1


def test_a_result_that_needs_no_work_waits_for_no_other_job(clock):
    jobs = clock.jobs(workers=1)
    job, work = running(jobs, "ann")
    found = jobs.submit("stored", "bob", work, find=lambda: 7)
    assert found.ended.is_set()
    assert found.result == 7
    jobs.stop(job, "ann")
    work.go.release()
    assert job.ended.wait(5)


def test_a_queued_job_says_how_many_are_before_it(clock):
    jobs = clock.jobs(workers=1)
    job, work = running(jobs, "ann")
    second, third = (jobs.submit(key, "bob", lambda report, show: None) for key in ("b", "c"))
    assert jobs.progress_text(second) == "queued: 1 computation is before this one"
    assert jobs.progress_text(third) == "queued: 2 computations are before this one"
    jobs.stop(second, "bob")
    assert jobs.progress_text(third) == "queued: 1 computation is before this one"
    jobs.stop(job, "ann")
    work.go.release()
    assert third.ended.wait(5)


def test_the_time_left_follows_from_the_progress(clock):
    jobs = clock.jobs()
    job, work = running(jobs, "ann")
    clock.now, work.fraction = 10.0, 0.02
    work.step()
    assert job.time_left() is None
    work.fraction = 0.2
    work.step()
    assert job.time_left() == pytest.approx(40)
    assert jobs.progress_text(job) == "working · about 40 s left"
    jobs.stop(job, "ann")
    work.go.release()
    assert job.ended.wait(5)


@pytest.mark.parametrize(("seconds", "words"), [(0.5, "about 5 s"), (59, "about 60 s"), (150, "2")])
def test_durations_are_rounded(seconds, words):
    assert words in format_duration(seconds)


def test_intermediate_points_and_progress_are_stored():
    jobs = Jobs()

    def work(report, show):
        report(2.0, "beyond")
        show(np.ones((3, 2), np.float32))

    job = jobs.submit("k", "ann", work)
    assert job.ended.wait(5)
    assert (job.fraction, job.message) == (1.0, "beyond")
    assert job.points.shape == (3, 2)


def test_waiting_is_asking(clock):
    clock.connected.clear()
    job, work = running(clock.jobs(), "ann")
    clock.now = LEASE_S + 1
    assert not job.wait("ann", 0.01)
    work.step()
    assert not job.ended.is_set()
    work.finished = True
    work.go.release()
    assert job.wait("ann", 5)


def test_ended_jobs_are_removed():
    jobs = Jobs()
    for number in range(100):
        jobs.submit(str(number), "ann", lambda report, show: None).ended.wait(5)
    assert len(jobs._jobs) <= MAX_KEPT_JOBS + 2
